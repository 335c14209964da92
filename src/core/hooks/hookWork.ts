/** What changes hook files: loaded when a person first does. What they do not touch stays as its author wrote it. */
import { applyEdits, findNodeAtLocation, modify } from 'jsonc-parser';
import { ActError } from '../actError';
import type { FileSystem } from '../ports';
import { readJsonTree } from '../util/jsonTree';
import { joinPath } from '../util/path';
import { hooksFolder } from './hooksFolder';
import { readTree } from './hookTree';
import { hookFileText, migrateHook } from './migrateHook';
import type { Hook, HookJson, HookMigration } from './model';
import { parseHooks } from './parseHooks';

const FORMAT = { formattingOptions: { insertSpaces: true, tabSize: 2 } };

/** The file's text, if it still holds the hook as it is known. */
async function currentText(files: FileSystem, hook: Hook): Promise<string> {
  if (hook.power !== undefined)
    throw new ActError(
      'refused',
      `“${hook.name}” belongs to the power ${hook.power}. Remove the power to be rid of it.`,
    );
  if (hook.format === 'agent')
    throw new ActError('invalid', `“${hook.name}” belongs to a custom agent. Change it in the agent’s file.`);
  const text = (await files.readText(hook.path)) ?? '';
  const now = parseHooks(hook.root, hook.path, text).hooks.find(({ index }) => index === hook.index);
  if (now?.content !== hook.content) throw new ActError('changed', 'The hook’s file has changed. Try again.');
  return text;
}

export async function setEnabled(files: FileSystem, hook: Hook, enabled: boolean): Promise<void> {
  const text = await currentText(files, hook);
  const at = hook.format === '0.x' ? ['enabled'] : ['hooks', hook.index, 'enabled'];
  await files.writeText(hook.path, applyEdits(text, modify(text, at, enabled, FORMAT)));
}

/** The file goes with its last hook. */
export async function remove(files: FileSystem, hook: Hook): Promise<void> {
  const text = await currentText(files, hook);
  const tree = readTree(hook.path, text);
  const all = 'message' in tree ? undefined : tree.value('hooks');
  if (hook.format === '0.x' || (Array.isArray(all) && all.length === 1)) return files.remove(hook.path);
  await files.writeText(hook.path, without(text, hook.index));
}

/** All else as its author wrote it. `modify` takes an element away wrongly where no space follows the last one. */
function without(text: string, index: number): string {
  const { root } = readJsonTree(text);
  const [before, node, after] = [index - 1, index, index + 1].map(
    (each) => root && findNodeAtLocation(root, ['hooks', each]),
  );
  if (!node) throw new ActError('changed', 'The hook’s file has changed. Try again.');
  const start = after || !before ? node.offset : before.offset + before.length;
  return text.slice(0, start) + text.slice(after?.offset ?? node.offset + node.length);
}

/**
 * Puts a hook into a file of v1, in place of the one with its name where there is one.
 * @param folder The workspace folder’s `.kiro/hooks`, or the person’s own
 */
export async function save(
  files: FileSystem,
  folder: string,
  fileName: string,
  hook: HookJson,
): Promise<string> {
  const name = fileName.replace(/(\.kiro)?\.(json|hook)$/i, '').trim();
  if (!/^[\p{L}\p{N}][\p{L}\p{N}._ -]*$/u.test(name))
    throw new ActError('invalid', `“${fileName}” cannot be a file’s name. Use letters, digits and hyphens.`);
  const path = joinPath(folder, `${name}.json`);
  const wrong = parseHooks('', path, hookFileText([hook])).problems.find(
    ({ severity }) => severity === 'error',
  );
  if (wrong) throw new ActError('invalid', wrong.message);
  const text = await files.readText(path);
  if (text === undefined || text.trim() === '') {
    await files.writeText(path, hookFileText([hook]));
    return path;
  }
  const tree = readTree(path, text);
  const all = 'message' in tree ? undefined : tree.value('hooks');
  if ('message' in tree || tree.value('version') !== 'v1' || !Array.isArray(all))
    throw new ActError(
      'invalid',
      `${name}.json is there and cannot be read. Mend it, or choose another name.`,
    );
  const same = all.findIndex((each) => (each as HookJson | null)?.name === hook.name);
  const at = ['hooks', same === -1 ? all.length : same];
  await files.writeText(path, applyEdits(text, modify(text, at, hook, FORMAT)));
  return path;
}

/** What becomes of the folder's files of 0.x; those that hold no hook stay. */
export async function migration(files: FileSystem, root: string): Promise<readonly HookMigration[]> {
  const folder = hooksFolder(root);
  const names = (await files.list(folder)).filter(({ kind }) => kind === 'file').map(({ name }) => name);
  const taken = new Set(names);
  const all: HookMigration[] = [];
  for (const name of names.filter((each) => each.endsWith('.kiro.hook'))) {
    const from = joinPath(folder, name);
    const migrated = migrateHook(from, (await files.readText(from).catch(() => undefined)) ?? '');
    if (!migrated) continue;
    const stem = name.slice(0, -'.kiro.hook'.length);
    let to = `${stem}.json`;
    for (let number = 2; taken.has(to); number++) to = `${stem}-${number}.json`;
    taken.add(to);
    all.push({ from, to: joinPath(folder, to), text: hookFileText([migrated.hook]), notes: migrated.notes });
  }
  return all;
}

/** What a migrated file is called: nothing reads it, and nothing is lost. */
const KEPT = '.old';

/** Writes each new file before the old one is put aside. */
export async function migrate(files: FileSystem, root: string): Promise<readonly HookMigration[]> {
  const all = await migration(files, root);
  for (const { from, to, text } of all) {
    await files.writeText(to, text);
    await files.remove(`${from}${KEPT}`);
    await files.move(from, `${from}${KEPT}`);
  }
  return all;
}
