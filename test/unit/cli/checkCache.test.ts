// Verifies: spec-engine#8.5
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openCheckCache } from '../../../src/cli/check/checkCache';
import { findSpecs } from '../../../src/cli/check/findSpecs';
import { createWorkspace } from '../../support/workspaceBuilder';

const SPECS = '.kiro/specs';
/** Milliseconds after which a change is no longer so fresh that another might have the same time. */
const LATER = 5000;

describe('What the cache of a check remembers of folders', () => {
  let native: string;
  let file: string;

  beforeEach(() => {
    native = createWorkspace()
      .file(`${SPECS}/links/requirements.md`, '')
      .file(`${SPECS}/links/.earshot/links.jsonl`, '')
      .file(`${SPECS}/pay/notes.txt`, '')
      .file(`${SPECS}/pay/refunds/tasks.md`, '').native;
    file = join(native, 'cache', 'check.json');
  });

  /** As one run after another finds them, each in a process of its own. */
  function found(later = LATER) {
    const cache = openCheckCache(file, 'this program', Date.now() + later);
    const specs = findSpecs(['.'], native, cache.namesOfSpec);
    cache.save();
    return specs.map(({ path, files }) => `${path.slice(native.length + SPECS.length + 2)}: ${files.join()}`);
  }
  const stored = () => JSON.parse(readFileSync(file, 'utf8')) as { folders: [string, [string, string[]]][] };

  it('is what lies in a spec, not in a group', () => {
    assert.deepEqual(found(), ['links: requirements.md', 'pay/refunds: tasks.md']);
    assert.deepEqual(
      stored().folders.map(([path, [, files]]) => `${path.slice(native.length + 1)} ${files.join()}`),
      [`${SPECS}/links requirements.md`, `${SPECS}/pay/refunds tasks.md`],
    );
  });

  it('is believed as long as nothing came or went', () => {
    found();
    const { folders, ...rest } = stored();
    const told = folders.map(([path, [stamp]]) => [path, [stamp, ['bugfix.md']]]);
    writeFileSync(file, JSON.stringify({ ...rest, folders: told }));
    assert.deepEqual(found(), ['links: bugfix.md', 'pay/refunds: bugfix.md']);
    // The clock is the file system's: the change must not fall into the tick of the one before it.
    const [, [before = '']] = folders[0] as [string, [string, string[]]];
    for (let nth = 0; found(LATER)[0] === 'links: bugfix.md'; nth++) {
      assert.ok(nth < 100, `still ${before}`);
      writeFileSync(join(native, SPECS, 'links', 'tasks.md'), '');
      rmSync(join(native, SPECS, 'links', 'requirements.md'), { force: true });
      mkdirSync(join(native, SPECS, 'links', `.${nth}`));
    }
    assert.deepEqual(found(), ['links: tasks.md', 'pay/refunds: bugfix.md']);
  });

  it('is nothing that changed a moment ago', () => {
    assert.deepEqual(found(0), ['links: requirements.md', 'pay/refunds: tasks.md']);
    writeFileSync(join(native, SPECS, 'links', 'tasks.md'), '');
    assert.deepEqual(found(0), ['links: requirements.md,tasks.md', 'pay/refunds: tasks.md']);
  });

  it('does no harm where it is broken', () => {
    found();
    for (const text of [
      '{',
      '{"program":"this program"}',
      '{"program":"this program","specs":[],"folders":3}',
    ]) {
      writeFileSync(file, text);
      assert.deepEqual(found(), ['links: requirements.md', 'pay/refunds: tasks.md']);
    }
  });
});
