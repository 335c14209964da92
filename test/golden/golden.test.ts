import { strict as assert } from 'node:assert';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DocumentKind } from '../../src/core/spec/model';
import { parseDocument } from '../../src/core/spec/parseDocument';
import { describeDocument } from '../support/describeSpec';

const FOLDER = join(__dirname, 'spec');
const UPDATE = process.env.UPDATE_GOLDENS === '1';

function kindOf(name: string): DocumentKind {
  if (name.startsWith('tasks')) return 'tasks';
  if (name.startsWith('design')) return 'design';
  return name.startsWith('bugfix') ? 'bugfix' : 'requirements';
}

/** A missing golden fails; `UPDATE_GOLDENS=1` writes them, to be read before they are committed. */
function check(name: string): void {
  const input = readFileSync(join(FOLDER, name, 'input.md'), 'utf8');
  const actual = describeDocument(input, parseDocument(kindOf(name), input));
  const path = join(FOLDER, name, 'expected.txt');
  if (UPDATE) writeFileSync(path, actual);
  assert.ok(existsSync(path), `${path} is missing: run with UPDATE_GOLDENS=1, and read what it writes`);
  assert.equal(actual, readFileSync(path, 'utf8'));
}

describe('Golden spec documents', () => {
  for (const name of readdirSync(FOLDER).sort()) it(name, () => check(name));
});
