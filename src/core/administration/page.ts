/** What an organisation manages, as a page that a person reads. Pure. */
import type { Administration } from './administration';

type Shown = Pick<Administration, 'path' | 'policy' | 'problems' | 'managed' | 'overruled'>;

/** @param rules The administrator's file of permission rules, where there is one */
export function managedPage({ path, policy, problems, managed, overruled }: Shown, rules?: string): string {
  const title = '# What your organisation manages';
  if (policy === undefined)
    return page(
      title,
      `Nothing: there is no file \`${path}\` on this machine.`,
      rulesIn(rules),
      'An administrator who creates it fixes or limits models, MCP servers, hooks, autonomy, web pages, the sandbox and spending for everybody who works here.',
    );
  return page(
    title,
    problems.length > 0 ? faults(path, problems) : '',
    `From \`${path}\`, before your settings, workspaces, the environment and options. Only an administrator can change it; a change holds within seconds.`,
    managed.length === 0 ? 'The file fixes nothing.' : table(managed, problems.length === 0),
    rulesIn(rules),
    overruled.length === 0 ? '' : others(overruled),
  );
}

function page(...parts: readonly string[]): string {
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function faults(path: string, problems: Shown['problems']): string {
  const lines = problems.map(({ line, message }) => `- Line ${line}: ${plain(message)}`);
  return [
    '## The file is wrong',
    `Tell your administrator. What is wrong in \`${path}\`:`,
    lines.join('\n'),
  ].join('\n\n');
}

/** While the file is wrong, what holds is not what stands there. */
function table(managed: Shown['managed'], isAsWritten: boolean): string {
  const rows = managed.map(
    ({ key, value, words }) => `| \`${key}\` | ${plain(words)} |${isAsWritten ? ` ${code(value)} |` : ''}`,
  );
  const head = isAsWritten
    ? ['| Key | What holds | In the file |', '|---|---|---|']
    : ['| Key | What holds until then |', '|---|---|'];
  return [...head, ...rows].join('\n');
}

function rulesIn(rules: string | undefined): string {
  return rules === undefined
    ? ''
    : `Rules for the agent are in \`${rules}\`: they come before yours, and what they deny nobody allows.`;
}

function others(overruled: Shown['overruled']): string {
  const rows = overruled.map(
    ({ setting, chosen, holds }) =>
      `| \`earshot.${setting}\` | ${plain(chosen)} | ${plain(holds) || 'none'} |`,
  );
  const head = ['## Settings that it overrules', '', '| Setting | As it is set | What holds |'];
  return [...head, '|---|---|---|', ...rows].join('\n');
}

/** Foreign words make no Markdown of their own. */
function plain(text: string): string {
  return text.replace(/[\\`*_{}[\]<>|]/g, '\\$&').replace(/\s+/g, ' ');
}

function code(text: string): string {
  return `\`\` ${text.replaceAll('`', 'ˋ').replaceAll('|', '\\|')} \`\``;
}
