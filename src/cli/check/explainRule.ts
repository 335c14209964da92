import { nearest } from '../../core/lint/nearest';
import { rulePage } from '../../core/lint/pages';
import type { Rule } from '../../core/lint/rule';
import { ruleById, rules } from '../../core/lint/rules';
import type { Paint } from '../output';

export function findRule(name: string): Rule | undefined {
  return ruleById(name) ?? rules.find(({ code }) => code === name.toUpperCase());
}

export function nearestRule(name: string): string | undefined {
  return nearest(
    name,
    rules.map(({ id }) => id),
  );
}

/** All rules: code, id, level, title. */
export function listRules(paint: Paint): string {
  const width = Math.max(...rules.map(({ id }) => id.length));
  return [...rules]
    .sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0))
    .map(({ code, id, title, levels: { recommended, 'incose-full': full } }) => {
      const level = recommended === 'off' ? (full === 'off' ? 'off' : `${full} in incose-full`) : recommended;
      return `${paint('dim', code.padEnd(5))} ${paint('bold', id.padEnd(width))}  ${title} ${paint('dim', `(${level})`)}`;
    })
    .join('\n');
}

/** The page as Markdown, or with its marks turned into styles. */
export function showPage(rule: Rule, markdown: boolean, paint: Paint): string {
  const page = rulePage(rule);
  if (markdown) return page;
  let fenced = false;
  const lines = page.split('\n').flatMap((line) => {
    if (line.startsWith('```')) {
      fenced = !fenced;
      return [];
    }
    if (fenced) return [`    ${line}`];
    if (/^#+ /.test(line)) return [paint('bold', line.replace(/^#+ /, ''))];
    if (/^\|[-|]+\|$/.test(line)) return [];
    const cells = /^\| (.*) \| (.*) \|$/.exec(line);
    if (cells !== null) return [`  ${(cells[1] ?? '').padEnd(22)} ${cells[2] ?? ''}`];
    return [line.replace(/`([^`]+)`/g, (_, code: string) => paint('blue', code)).replaceAll('**', '')];
  });
  return lines.join('\n').replace(/\n{3,}/g, '\n\n');
}
