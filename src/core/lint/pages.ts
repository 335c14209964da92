/** A rule's page, in Markdown: what `earshot explain` and the link of a diagnostic show. */
import { exampleFixes, exampleTexts } from './examples';
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
    '## Quick fixes',
    quickFixes(rule),
    '## How much it matters',
    levels(rule),
    '## When it is meant to be so',
    aside(rule),
    `Source: ${source}`,
    '',
  ].join('\n\n');
}

/** What is offered for the example, and what only a person can do. */
function quickFixes(rule: Rule): string {
  const offered = exampleFixes(rule).map(
    ({ title, safe }) => `- ${title}${safe ? ' (safe: `earshot fix` and “fix all” do it, too)' : ''}`,
  );
  const byHand = rule.byHand === undefined ? [] : [`By hand: ${rule.byHand}`];
  return [...(offered.length === 0 ? [] : [offered.join('\n')]), ...byHand].join('\n\n');
}

function aside(rule: Rule): string {
  const { id, code } = rule;
  const everywhere = `For a whole workspace, say \`{"lint": {"severities": {"${id}": "off"}}}\` in \`.kiro/settings/earshot.json\`.`;
  if (code.startsWith('S'))
    return `What is said of a suppression cannot be set aside by another one. ${everywhere}`;
  if (exampleTexts(rule, '') === undefined) return `This file has no room for a reason. ${everywhere}`;
  return [
    'Write at the end of the line, with your reason:',
    '',
    '```html',
    `<!-- earshot-disable-line ${id}: why -->`,
    '```',
    '',
    'The editor’s quick fix adds a fingerprint of the text, so that the finding comes back when the text changes.',
    everywhere,
  ].join('\n');
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
