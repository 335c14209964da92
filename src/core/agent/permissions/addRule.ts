/** Adds rules to the text of a `permissions.yaml`: what the person wrote stays as it is, comments and strange keys, too. */
import { isMap, isSeq, parseDocument } from 'yaml';
import type { Rule } from './model';
import { parseRules } from './parseRules';

const HEAD = '# What the agent may do. Deny before ask before allow; what no rule matches asks.\n';

/** The new text; undefined when the old one cannot be read, or has a form that lines cannot be added to. */
export function addRules(text: string, rules: readonly Rule[]): string | undefined {
  const before = parseRules(text);
  if (before.broken) return undefined;
  const added = insert(text, rules);
  const after = parseRules(added);
  const isWhole =
    !after.broken && JSON.stringify(after.rules) === JSON.stringify([...before.rules, ...rules]);
  return isWhole ? added : undefined;
}

function insert(text: string, rules: readonly Rule[]): string {
  const document = parseDocument(text);
  const { contents } = document;
  const node = isMap(contents) ? contents.get('rules', true) : undefined;
  if (node === undefined) {
    const head = text.trim() === '' ? HEAD : withNewline(text);
    return `${head}rules:\n${print(rules, '  ')}`;
  }
  if (isSeq(node) && !node.flow && node.items.length > 0)
    return insertLines(text, rangeOf(node.items[0])[0], rangeOf(node.items.at(-1))[1], rules);
  // No list yet, or one in brackets: printed anew, with comments and other keys.
  if (isSeq(node)) for (const rule of rules) node.add(document.createNode(plain(rule)));
  else document.set('rules', rules.map(plain));
  return document.toString();
}

/** After the last rule, with the first one's indentation. */
function insertLines(text: string, first: number, last: number, rules: readonly Rule[]): string {
  const line = text.slice(text.lastIndexOf('\n', first - 1) + 1, first);
  const indent = /^[ \t]*/.exec(line)?.[0] ?? '';
  const newline = text.indexOf('\n', Math.max(last - 1, 0));
  const end = newline < 0 ? text.length : newline + 1;
  return `${withNewline(text.slice(0, end))}${print(rules, indent)}${text.slice(end)}`;
}

function withNewline(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`;
}

function rangeOf(node: unknown): readonly [number, number] {
  const [start, end] = (node as { readonly range?: readonly number[] } | null)?.range ?? [];
  return [start ?? 0, end ?? 0];
}

function plain({ capability, effect, match }: Rule): object {
  return { capability, effect, match };
}

function print(rules: readonly Rule[], indent: string): string {
  return rules
    .map(({ capability, effect, match }) =>
      [
        `${indent}- capability: ${capability}`,
        `${indent}  effect: ${effect}`,
        `${indent}  match: [${match.map((pattern) => JSON.stringify(pattern)).join(', ')}]\n`,
      ].join('\n'),
    )
    .join('');
}
