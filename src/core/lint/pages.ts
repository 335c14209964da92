/** A rule's page, in Markdown: what `earshot explain` and the link of a diagnostic show. */
import type { Rule } from './rule';

const NAMES: Readonly<Record<string, string>> = {
  requirements: 'requirements.md',
  bugfix: 'bugfix.md',
  design: 'design.md',
  tasks: 'tasks.md',
};

export function rulePage(rule: Rule): string {
  const { id, code, title, why, bad, good, source, examplesIn } = rule;
  const place = examplesIn === undefined ? '' : ` (${NAMES[examplesIn]})`;
  return [
    `# ${title}`,
    `\`${id}\` · ${code}`,
    why,
    `## Instead of${place}`,
    fenced(bad),
    '## Write',
    fenced(good),
    '## How much it matters',
    levels(rule),
    '## When it is meant to be so',
    [
      'Write at the end of the line, with your reason:',
      '',
      '```html',
      `<!-- earshot-disable-line ${id}: why -->`,
      '```',
      '',
      'The editor’s quick fix adds a fingerprint of the text, so that the finding comes back when the text changes.',
      `For a whole workspace, say \`{"lint": {"severities": {"${id}": "off"}}}\` in \`.kiro/settings/earshot.json\`.`,
    ].join('\n'),
    `Source: ${source}`,
    '',
  ].join('\n\n');
}

function levels({ levels: { recommended, 'incose-full': full, strict, auto } }: Rule): string {
  return [
    '| rule set | level |',
    '|---|---|',
    `| recommended | ${recommended} |`,
    `| incose-full | ${full} |`,
    ...(strict === undefined ? [] : [`| in the dialect strict | ${strict} |`]),
    ...(auto === undefined ? [] : [`| in the dialect auto | ${auto} |`]),
  ].join('\n');
}

function fenced(example: string): string {
  return `\`\`\`markdown\n${example}\n\`\`\``;
}
