/**
 * Keeping specs in order: rename, group, duplicate, archive, delete. A spec moves in one step and with everything in its
 * folder; what names it follows. Nothing is thrown away: what is deleted is kept for a while and can be put back.
 */
import { ActError } from '../actError';
import type { Sessions } from '../agent/session/sessions';
import type { Home } from '../home';
import type { FileSystem, Ports } from '../ports';
import type { Spec } from '../spec/model';
import { approvalName, CONFIG_NAME, FILE_NAMES } from '../spec/readSpec';
import type { SpecStore } from '../spec/specStore';
import { basename, dirname, joinPath } from '../util/path';
import { refuseWhileBusy } from '../workflow/refuseWhileBusy';
import { nameProblem } from '../workflow/specName';
import { createArchive } from './archive';
import { duplicateConfig, LEFT_OUT } from './duplicate';
import { createKept } from './kept';
import { type MentioningFile, mentioningFiles, pathAfter } from './mentioningFiles';
import { ARCHIVE_FOLDER, groupProblem, type PutAway, SPECS_FOLDER, specKey } from './places';
import { refuseOutside } from './refuseOutside';

export interface SpecPlace {
  /** Below `.kiro/specs`; empty for none. */
  readonly group: string;
  readonly name: string;
}

export interface Moved {
  /** The spec's folder now. */
  readonly path: string;
  /** Files that name it, and follow. */
  readonly followed: readonly string[];
  /** Files that could not be written: they name it as it was. */
  readonly stale: readonly string[];
  /** Its approvals name it by its folder, having no id, and so count no more. */
  readonly approvalsLost: boolean;
}

export interface Order {
  /** What is wrong with a place for a spec; undefined when it can be used. */
  problem(spec: Pick<Spec, 'root'>, place: SpecPlace): string | undefined;
  /** The files that would follow. */
  mentions(spec: Spec, place: SpecPlace): Promise<readonly string[]>;
  move(spec: Spec, place: SpecPlace): Promise<Moved>;
  /** With an id of its own, and without approvals, comments and evidence: those are about the other. */
  duplicate(spec: Spec, place: SpecPlace): Promise<string>;
  archive(spec: Spec): Promise<PutAway>;
  remove(spec: Spec): Promise<PutAway>;
  /** All that can be restored in these workspace folders, archived first, then the latest deleted. */
  putAway(): Promise<readonly PutAway[]>;
  /** Puts it back where it was, byte for byte; the path of the spec. */
  restore(put: PutAway): Promise<string>;
}

interface OrderParts {
  readonly ports: Ports;
  readonly specs: SpecStore;
  readonly sessions: Sessions;
  readonly home: Home;
  readonly roots: () => readonly string[];
}

export function createOrder({ ports, specs, sessions, home, roots }: OrderParts): Order {
  const { files } = ports;
  const archive = createArchive(files);
  const kept = createKept(ports, home.deleted);

  function problem({ root }: Pick<Spec, 'root'>, { group, name }: SpecPlace): string | undefined {
    const taken = specs.all
      .filter((each) => each.root === root && dirname(each.path) === joinPath(root, SPECS_FOLDER, group))
      .map((each) => basename(each.path));
    return groupProblem(group) ?? nameProblem(name, taken);
  }

  /** What every act asks first. */
  async function mayMove({ root, path, name }: Pick<Spec, 'root' | 'path' | 'name'>): Promise<void> {
    if (!ports.trust.trusted)
      throw new ActError(
        'untrusted',
        `This workspace is in Restricted Mode, so “${name}” stays as it is. Trust the workspace first.`,
      );
    await refuseWhileBusy(sessions, path);
    await refuseOutside(files, root, path);
  }

  async function placeFor(spec: Pick<Spec, 'root'>, place: SpecPlace): Promise<string> {
    const wrong = problem(spec, place);
    if (wrong !== undefined) throw new ActError('invalid', wrong);
    const path = joinPath(spec.root, SPECS_FOLDER, place.group, place.name);
    // The list of specs follows the disk with a delay.
    if ((await files.stat(path)) !== undefined)
      throw new ActError(
        'invalid',
        `There is something at ${SPECS_FOLDER}/${specKey({ ...spec, path })} already.`,
      );
    await refuseOutside(files, spec.root, path);
    return path;
  }

  async function moveFolder(spec: Pick<Spec, 'name'>, from: string, to: string): Promise<void> {
    try {
      await files.move(from, to);
    } catch (error) {
      throw refusal(`“${spec.name}” could not be moved, and is where it was`, error);
    }
    await removeEmptyGroups(files, from);
    // Panels go with it, so the new place is there before the old one is gone.
    if ((await specs.refresh(to)) !== undefined) specs.tellMoved({ from, to });
    await specs.refresh(from);
  }

  return {
    problem,
    async mentions(spec, place) {
      const to = joinPath(spec.root, SPECS_FOLDER, place.group, place.name);
      const found = await mentioningFiles(files, { root: spec.root, from: spec.path, to });
      return found.map(({ path }) => path);
    },
    async move(spec, place) {
      await mayMove(spec);
      const to = await placeFor(spec, place);
      const move = { root: spec.root, from: spec.path, to };
      const follow = await mentioningFiles(files, move);
      await moveFolder(spec, spec.path, to);
      const stale: string[] = [];
      for (const file of follow) {
        const path = pathAfter(file.path, move);
        if (!(await rewrite(files, path, file))) stale.push(path);
      }
      await specs.refresh(to);
      const after = follow.map(({ path }) => pathAfter(path, move));
      const isNamedAnew = approvalName(spec.specId, spec.path) !== approvalName(spec.specId, to);
      const approvalsLost = isNamedAnew && spec.documents.some(({ approval }) => approval !== undefined);
      return { path: to, followed: after.filter((path) => !stale.includes(path)), stale, approvalsLost };
    },
    async duplicate(spec, place) {
      await mayMove(spec);
      const to = await placeFor(spec, place);
      try {
        for (const { name, kind } of await files.list(spec.path)) {
          if (LEFT_OUT.has(name) || kind === 'link') continue;
          if (name !== CONFIG_NAME) await files.copy(joinPath(spec.path, name), joinPath(to, name));
        }
        const config = await files.readText(joinPath(spec.path, CONFIG_NAME));
        const own = duplicateConfig(config, ports.ids.uuid(), spec.type);
        await files.writeText(joinPath(to, CONFIG_NAME), own);
        for (const name of Object.values(FILE_NAMES)) await followSelf(files, joinPath(to, name), spec, to);
      } catch (error) {
        await files.remove(to).catch(() => undefined);
        throw refusal(`“${spec.name}” could not be duplicated`, error);
      }
      await specs.refresh(to);
      return to;
    },
    async archive(spec) {
      await mayMove(spec);
      const path = joinPath(spec.root, ARCHIVE_FOLDER, specKey(spec));
      if ((await files.stat(path)) !== undefined)
        throw new ActError(
          'invalid',
          `There is an archived spec “${specKey(spec)}” already. Rename this one first.`,
        );
      await moveFolder(spec, spec.path, path);
      return { kind: 'archived', root: spec.root, key: specKey(spec), path, at: undefined };
    },
    async remove(spec) {
      await mayMove(spec);
      const path = await kept.room(spec);
      await moveFolder(spec, spec.path, path);
      return { kind: 'deleted', root: spec.root, key: specKey(spec), path, at: ports.clock.now() };
    },
    async putAway() {
      const archived = await Promise.all(roots().map((root) => archive.list(root)));
      return [...archived.flat(), ...(await kept.list(roots()))];
    },
    async restore({ root, key, path }) {
      const to = joinPath(root, SPECS_FOLDER, key);
      await mayMove({ root, path: to, name: basename(key) });
      if ((await files.stat(to)) !== undefined)
        throw new ActError(
          'invalid',
          `There is a spec “${key}” again. Rename it first, then restore this one.`,
        );
      await moveFolder({ name: basename(key) }, path, to);
      return to;
    },
  };
}

/** A group is there for its specs; Kiro would show an empty folder as a spec. */
async function removeEmptyGroups(files: FileSystem, from: string): Promise<void> {
  for (let folder = dirname(from); basename(folder) !== 'specs'; folder = dirname(folder)) {
    if (folder === '/' || (await files.list(folder).catch(() => [undefined])).length > 0) return;
    await files.remove(folder).catch(() => undefined);
  }
}

/** False where it could not be written, or is another text by now. */
async function rewrite(files: FileSystem, path: string, { before, after }: MentioningFile): Promise<boolean> {
  try {
    if ((await files.readText(path)) !== before) return false;
    await files.writeText(path, after);
    return true;
  } catch {
    return false;
  }
}

/** A copy that names itself by its path names the copy. */
async function followSelf(
  files: FileSystem,
  path: string,
  { root, path: from }: Spec,
  to: string,
): Promise<void> {
  const text = await files.readText(path);
  if (text === undefined) return;
  const own = text.replaceAll(
    `${SPECS_FOLDER}/${specKey({ root, path: from })}/`,
    `${SPECS_FOLDER}/${specKey({ root, path: to })}/`,
  );
  if (own !== text) await files.writeText(path, own);
}

function refusal(what: string, error: unknown): ActError {
  const reason = error instanceof Error && 'reason' in error ? error.reason : undefined;
  const why =
    reason === 'permission' || reason === 'readOnly'
      ? 'the folder cannot be written to'
      : reason === 'full'
        ? 'the disk is full'
        : error instanceof Error
          ? error.message
          : String(error);
  return new ActError('refused', `${what}: ${why}.`);
}
