/**
 * What proves a task: its own `_Verify:` command, and the checks that the project has anyway. They are commands that a
 * repository brings, so each runs only after the person agreed to exactly that command on this machine.
 */
import type { Consents } from '../../consents';
import type { FileSystem, Person } from '../../ports';
import type { Spec, Task } from '../../spec/model';
import { type AbortSignal, Cancelled } from '../../util/abort';
import { joinPath } from '../../util/path';
import { DETECTORS, type Detector } from './detectors';
import type { Check, CheckKind } from './model';
import { nodeChecks } from './nodeChecks';

export interface CheckPorts {
  readonly files: Pick<FileSystem, 'list' | 'readText'>;
  readonly person: Pick<Person, 'ask'>;
  readonly consents: Pick<Consents, 'has' | 'grant'>;
}

/** What the person does not want to run, for as long as the caller keeps it: nobody is asked twice in a run. */
export type Declined = Set<string>;

/**
 * The checks of a task that may run: asks once, for all that nobody agreed to. Rejects with `Cancelled` when the
 * question is dismissed.
 */
export async function checksFor(
  ports: CheckPorts,
  spec: Pick<Spec, 'root'>,
  task: Task,
  options: { readonly declined?: Declined; readonly signal?: AbortSignal } = {},
): Promise<readonly Check[]> {
  return agreedChecks(ports, spec.root, await declaredChecks(ports.files, spec.root, task), options);
}

/** Asks once for all checks of these tasks, so that none of them asks when it begins. */
export async function agreeForAll(
  ports: CheckPorts,
  spec: Pick<Spec, 'root'>,
  tasks: readonly Task[],
  options: { readonly declined?: Declined; readonly signal?: AbortSignal } = {},
): Promise<void> {
  const all = new Map<string, Check>();
  for (const task of tasks)
    for (const check of await declaredChecks(ports.files, spec.root, task))
      if (!all.has(check.command)) all.set(check.command, check);
  await agreedChecks(ports, spec.root, [...all.values()], options);
}

/** The same before anybody is asked; the task's own check first. */
export async function declaredChecks(
  files: CheckPorts['files'],
  root: string,
  task: Pick<Task, 'id' | 'title' | 'verify'>,
): Promise<readonly Check[]> {
  const detected = await detectChecks(files, root);
  const own = verifyOf(task);
  return own === undefined ? detected : [own, ...detected.filter(({ command }) => command !== own.command)];
}

export function verifyOf({ id, title, verify }: Pick<Task, 'id' | 'title' | 'verify'>): Check | undefined {
  return verify === undefined
    ? undefined
    : { kind: 'verify', command: verify, source: `_Verify of task ${id ?? title}` };
}

/** Which of these may run here. */
export async function agreedChecks(
  { person, consents }: Pick<CheckPorts, 'person' | 'consents'>,
  root: string,
  checks: readonly Check[],
  { declined = new Set(), signal }: { readonly declined?: Declined; readonly signal?: AbortSignal } = {},
): Promise<readonly Check[]> {
  const agreed = new Set<string>();
  const open: Check[] = [];
  for (const check of checks)
    if (await consents.has('check', root, check.command)) agreed.add(check.command);
    else if (!declined.has(check.command)) open.push(check);
  const chosen = open.length === 0 ? [] : await choose(person, open, signal);
  for (const { command } of open) {
    if (!chosen.some((check) => check.command === command)) declined.add(command);
    else await consents.grant('check', root, command);
  }
  return checks.filter(
    ({ command }) => agreed.has(command) || chosen.some((each) => each.command === command),
  );
}

async function choose(
  person: Pick<Person, 'ask'>,
  open: readonly Check[],
  signal: AbortSignal | undefined,
): Promise<readonly Check[]> {
  const tests = open.filter(({ kind }) => kind === 'verify' || kind === 'test');
  const one = open.length === 1;
  const lines = open.map(({ command, source }) => `${command}\n    from ${source}`).join('\n');
  const some = tests.length > 0 && tests.length < open.length;
  const answer = await person.ask(
    {
      kind: 'check',
      title: one ? 'Use this command as the check?' : `Use these ${open.length} commands as checks?`,
      detail: `${lines}\n\n${one ? 'It runs' : 'They run'} in the workspace folder before the agent begins and after it has ended; a task counts as done only when nothing is worse and what is to prove it passes. You are asked once for each command.`,
      answers: [
        { id: 'yes', label: one ? 'Use This Check' : 'Use These Checks' },
        // The second: what a person who is not there says.
        { id: 'no', label: one ? 'Run Without a Check' : 'Run Without Them' },
        ...(some ? [{ id: 'tests', label: 'Only the Tests' }] : []),
      ],
    },
    signal,
  );
  if (answer === undefined) throw new Cancelled();
  return answer === 'yes' ? open : answer === 'tests' ? tests : [];
}

/** The checks that a project has: tests first, then types, then lint. */
export async function detectChecks(files: CheckPorts['files'], root: string): Promise<readonly Check[]> {
  const names = (await files.list(root).catch(() => [])).map(({ name }) => name);
  // What cannot be read is no sign of anything.
  const read = (name: string) => files.readText(joinPath(root, name)).catch(() => undefined);
  const manifest = names.includes('package.json') ? await read('package.json') : undefined;
  const found: Check[] = manifest === undefined ? [] : [...nodeChecks(manifest, names)];
  for (const detector of DETECTORS) {
    if (detector.wraps && found.some(({ kind }) => kind === detector.kind)) continue;
    const check = await detect(detector, names, read);
    if (check && !found.some(({ command }) => command === check.command)) found.push(check);
  }
  return ORDER.flatMap((kind) => found.filter((check) => check.kind === kind));
}

const ORDER: readonly CheckKind[] = ['test', 'types', 'lint'];

async function detect(
  { files, kind, command, fits }: Detector,
  names: readonly string[],
  read: (name: string) => Promise<string | undefined>,
): Promise<Check | undefined> {
  for (const pattern of files) {
    const is = (name: string) =>
      pattern.startsWith('*') ? name.endsWith(pattern.slice(1)) : name === pattern;
    const name = names.find(is);
    const text = name === undefined ? undefined : await read(name);
    if (name === undefined || text === undefined || fits?.(text) === false) continue;
    const line = typeof command === 'string' ? command : command((each) => names.includes(each));
    return { kind, command: line, source: name };
  }
  return undefined;
}

/** The first of its tests: the check of a workspace where one is enough. */
export async function detectCheck(files: CheckPorts['files'], root: string): Promise<Check | undefined> {
  return (await detectChecks(files, root)).find(({ kind }) => kind === 'test');
}

/** Asks for the consent to run one check, unless it was given before. Rejects with `Cancelled` when dismissed. */
export async function agreeToCheck(
  ports: Pick<CheckPorts, 'person' | 'consents'>,
  root: string,
  check: Check,
  signal?: AbortSignal,
): Promise<boolean> {
  return (await agreedChecks(ports, root, [check], { ...(signal && { signal }) })).length > 0;
}
