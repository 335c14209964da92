/**
 * `npm run bench`: what a person waits for, and what they download. Times are medians beside a named peer in the
 * same window; absolute times depend on the machine, ratios less so.
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Editor, startEditor } from '../e2e/editor';
import { repoRoot, resultsDir } from '../support/host/paths';
import type { Workbench } from '../support/host/workbench';
import { packageVsix } from '../support/package';
import { checkRows } from './check';
import { keystrokeTimes } from './keystroke';
import type { BenchRow } from './row';
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
    const { shown, read } = await thousandSpecs(scratch);
    return {
      name: 'rows of the Specs view, 1,000 specs, from when it asks',
      value: median(shown),
      unit: 'ms',
      peer: 'all of them read',
      ratio: median(shown) / median(read),
    };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function sizes(vsix: string): BenchRow[] {
  const kB = (file: string) => Math.round(statSync(file).size / 100) / 10;
  const folder = (name: string) =>
    readdirSync(join(repoRoot, name))
      .filter((file) => file.endsWith('.js'))
      .reduce((sum, file) => sum + kB(join(repoRoot, name, file)), 0);
  const webview = readdirSync(join(repoRoot, 'dist/webview')).filter((name) => name.endsWith('.js'));
  return [
    { name: 'earshot.vsix', value: kB(vsix), unit: 'kB' },
    { name: 'dist/extension.js', value: kB(join(repoRoot, 'dist/extension.js')), unit: 'kB' },
    { name: 'dist/cli', value: folder('dist/cli'), unit: 'kB' },
    ...webview.map((name) => ({
      name: `dist/webview/${name}`,
      value: kB(join(repoRoot, 'dist/webview', name)),
      unit: 'kB',
    })),
  ];
}

async function editorRows(): Promise<BenchRow[]> {
  const vsix = await packageVsix();
  const editor = await startEditor();
  try {
    return [await activation(editor), await keystroke(editor), ...sizes(vsix), await tree()];
  } finally {
    await editor.stop();
  }
}

/** All rows, or with the argument `check` those of the command line alone, with `turns` those of the agent's loop. */
async function main(): Promise<void> {
  const only = process.argv[2];
  const rows = [
    ...(only === undefined ? await editorRows() : []),
    ...(only === 'turns' ? [] : checkRows()),
    ...(only === 'check' ? [] : await turnRows()),
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
