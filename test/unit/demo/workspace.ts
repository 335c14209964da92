/** A copy of the sample, and the agent's six tools on it: as small as they can be, stricter than the real ones. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';

const REPOSITORY = resolve(__dirname, '../../..');
const SAMPLE = join(REPOSITORY, 'media/sample');

export interface Run {
  readonly command: string;
  readonly exitCode: number | null;
  readonly output: string;
}

export type ToolInput = Readonly<Record<string, unknown>>;

export class Workspace {
  readonly root = mkdtempSync(join(tmpdir(), 'earshot-demo-'));
  readonly runs: Run[] = [];

  constructor() {
    cpSync(SAMPLE, this.root, { recursive: true });
  }

  dispose(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  run(command: string): Run {
    // Not the runner's own settings: the commands run as they would in a terminal.
    const { NODE_OPTIONS: _options, NODE_TEST_CONTEXT: _context, ...env } = process.env;
    const { status, stdout, stderr } = spawnSync(command, {
      cwd: this.root,
      shell: true,
      encoding: 'utf8',
      env,
    });
    return { command, exitCode: status, output: stdout + stderr };
  }

  checkGreen(command: string): void {
    const { exitCode, output } = this.run(command);
    assert.equal(exitCode, 0, `${command}\n${output}`);
  }

  call(name: string, input: ToolInput): void {
    const tool = this.#tools[name];
    assert.ok(tool, `there is no tool ${name}`);
    tool(input);
  }

  readonly #tools: Readonly<Record<string, (input: ToolInput) => void>> = {
    read_file: ({ path }) => {
      readFileSync(this.#path(path));
    },
    list_files: ({ path }) => {
      readdirSync(this.#path(path));
    },
    search: ({ pattern, path }) => {
      assert.ok(readFileSync(this.#path(path), 'utf8').includes(String(pattern)), `no hit for ${pattern}`);
    },
    write_file: ({ path, content }) => {
      const target = this.#path(path);
      assert.ok(!existsSync(target), `${path} exists: use edit_file`);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, String(content));
    },
    edit_file: ({ path, oldText, newText }) => {
      const pieces = readFileSync(this.#path(path), 'utf8').split(String(oldText));
      assert.equal(pieces.length, 2, `oldText occurs ${pieces.length - 1} times in ${path}:\n${oldText}`);
      writeFileSync(this.#path(path), pieces.join(String(newText)));
    },
    run_command: ({ command }) => {
      this.runs.push(this.run(String(command)));
    },
  };

  #path(path: unknown): string {
    assert.ok(typeof path === 'string' && !isAbsolute(path) && !path.includes('..'), `not inside: ${path}`);
    assert.ok(!path.startsWith('.kiro'), 'the specification is fixed');
    return join(this.root, path);
  }

  checkTypes(): void {
    const files = ['src', 'test'].flatMap((folder) =>
      readdirSync(join(this.root, folder)).map((file) => `${folder}/${file}`),
    );
    const types = `--types node --typeRoots "${join(REPOSITORY, 'node_modules/@types')}"`;
    const options = `--ignoreConfig --noEmit --allowJs --checkJs --strict --target es2023 --module nodenext ${types}`;
    this.checkGreen(
      `node "${join(REPOSITORY, 'node_modules/typescript/bin/tsc')}" ${options} ${files.join(' ')}`,
    );
  }
}
