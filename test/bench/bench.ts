/**
 * `npm run bench`: what a person waits for, and what they download. Times are medians beside a named peer in the
 * same window; absolute times depend on the machine, ratios less so.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { type Editor, startEditor } from '../e2e/editor';
import { repoRoot, resultsDir } from '../support/host/paths';
import type { Workbench } from '../support/host/workbench';
import { packageVsix } from '../support/package';
import { checkRows } from './check';
import { checkpointRows } from './checkpoints';
import { stormRows } from './hookStorm';
import { hookRows } from './hooks';
import { keystrokeTimes } from './keystroke';
import { mcpServerRows } from './mcpServer';
import { reviewTimes } from './reviewPanel';
import type { BenchRow } from './row';
import { sideBySideRows } from './sideBySide';
import { thousandSpecs } from './thousandSpecs';
import { turnRows } from './turns';

const WINDOWS = 5;

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Activation as the editor's own list of running extensions tells it, in a fresh window each. */
async function activation(editor: Editor): Promise<BenchRow> {
  const own: number[] = [];
  const peer: number[] = [];
  for (let i = 0; i < WINDOWS; i++) {
    const window = await editor.open();
    await window.openView('Earshot');
    await window.treeRow('short-codes').waitFor();
    const times = await runningExtensions(window);
    own.push(times('earshot.earshot'));
    peer.push(times('vscode.git'));
    await window.close();
  }
  return {
    name: 'activation',
    value: median(own),
    unit: 'ms',
    peer: 'vscode.git',
    ratio: median(own) / median(peer),
  };
}

async function runningExtensions(window: Workbench): Promise<(id: string) => number> {
  await window.runCommand('Developer: Show Running Extensions');
  const rows = window.page.locator('.runtime-extensions-editor .monaco-list-row');
  await rows.first().waitFor();
  const texts = await rows.evaluateAll((all) =>
    all.map((row) => `${row.getAttribute('aria-label') ?? ''} ${row.textContent ?? ''}`),
  );
  return (id) => {
    const name = id === 'earshot.earshot' ? /earshot/i : /\bgit\b(?! ?(hub|base))/i;
    const row = texts.find((text) => name.test(text) && /Activation: \d+ ?ms/.test(text));
    return Number(/Activation: (\d+) ?ms/.exec(row ?? '')?.[1] ?? Number.NaN);
  };
}

async function keystroke(editor: Editor): Promise<BenchRow> {
  const window = await editor.open();
  const { tree, outline } = await keystrokeTimes(window);
  await window.close();
  return {
    name: 'keystroke to Specs view',
    value: median(tree),
    unit: 'ms',
    peer: 'the editor’s Outline view',
    ratio: median(tree) / median(outline),
  };
}

async function tree(): Promise<BenchRow> {
  const scratch = mkdtempSync(join(tmpdir(), 'earshot-bench-'));
  try {
    const { shown, bare } = await thousandSpecs(scratch);

    return {
      name: 'rows of the Specs view, 1,000 specs, after activation',
      value: median(shown),
      unit: 'ms',
      peer: 'a view of a thousand fixed names',
      ratio: median(shown) / median(bare),
    };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function review(): Promise<BenchRow[]> {
  const scratch = mkdtempSync(join(tmpdir(), 'earshot-bench-'));
  try {
    const { paint, preview, key } = await reviewTimes(scratch);
    return [
      {
        name: 'review of 500 criteria, from the click to its first row',
        value: median(paint),
        unit: 'ms',
        peer: 'the editor’s Markdown preview of the same document',
        ratio: median(paint) / median(preview),
      },
      { name: 'a key in its find box, painted', value: median(key), unit: 'ms' },
    ];
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Of a bundle and all that it imports statically. */
function atOnce(entry: string): number {
  const text = readFileSync(join(repoRoot, 'dist/meta/node.json'), 'utf8');
  const { outputs } = JSON.parse(text) as Pick<Metafile, 'outputs'>;
  const loaded = new Set([entry]);
  for (const file of loaded) {
    for (const { path, kind } of outputs[file]?.imports ?? [])
      if (kind === 'import-statement' && path in outputs) loaded.add(path);
  }
  return Math.round([...loaded].reduce((sum, file) => sum + kB(join(repoRoot, file)), 0));
}

function kB(file: string): number {
  return Math.round(statSync(file).size / 100) / 10;
}

function sizes(vsix: string): BenchRow[] {
  const folder = (name: string) =>
    readdirSync(join(repoRoot, name))
      .filter((file) => file.endsWith('.js'))
      .reduce((sum, file) => sum + kB(join(repoRoot, name, file)), 0);
  const webview = readdirSync(join(repoRoot, 'dist/webview')).filter((name) => name.endsWith('.js'));
  return [
    { name: 'earshot.vsix', value: kB(vsix), unit: 'kB' },
    { name: 'dist/extension.js and what it loads at once', value: atOnce('dist/extension.js'), unit: 'kB' },
    { name: 'dist/chunks', value: folder('dist/chunks'), unit: 'kB' },
    ...webview.map((name) => ({
      name: `dist/webview/${name}`,
      value: kB(join(repoRoot, 'dist/webview', name)),
      unit: 'kB',
    })),
  ];
}

async function editorRows(only: string | undefined): Promise<BenchRow[]> {
  const vsix = await packageVsix();
  const editor = await startEditor();
  try {
    const first = await activation(editor);
    return only === 'activation' ? [first] : [first, await keystroke(editor), ...sizes(vsix)];
  } finally {
    await editor.stop();
  }
}

/** All rows, or with an argument one kind: `check` the command line's, `turns` those of the agent's loop, `checkpoints`, `parallel` tasks side by side, `hooks`, `activation`, `tree`, `review`. */
async function main(): Promise<void> {
  const only = process.argv[2];
  const rows = [
    ...(only === undefined || only === 'activation' ? await editorRows(only) : []),
    ...(only === undefined || only === 'tree' ? [await tree()] : []),
    ...(only === undefined || only === 'review' ? await review() : []),
    ...(only === undefined || only === 'check' ? checkRows() : []),
    ...(only === undefined || only === 'turns' ? await turnRows() : []),
    ...(only === undefined || only === 'checkpoints' ? await checkpointRows() : []),
    ...(only === undefined || only === 'parallel' ? await sideBySideRows() : []),
    ...(only === undefined || only === 'hooks' ? [...(await hookRows()), ...(await stormRows())] : []),
    ...(only === undefined || only === 'mcp' ? await mcpServerRows() : []),
  ];
  mkdirSync(resultsDir, { recursive: true });
  writeFileSync(join(resultsDir, 'bench.json'), `${JSON.stringify(rows, null, 2)}\n`);
  console.log('| what | value | beside |\n|---|---|---|');
  for (const { name, value, unit, peer, ratio } of rows) {
    const digits = unit === 'ms' && value >= 20 ? 0 : 1;
    console.log(
      `| ${name} | ${value.toFixed(digits)} ${unit} | ${peer ? `${ratio?.toFixed(2)} × ${peer}` : ''} |`,
    );
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
