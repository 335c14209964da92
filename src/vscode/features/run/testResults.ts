/** What a check came to, as the Testing view shows it: the icon of its row, its time, and a message where it fails. */
import * as vscode from 'vscode';
import type { Check, CheckResult } from '../../../core/tasks/evidence/model';
import { shareableText } from '../../../core/tasks/evidence/shareable';
import { resultWords } from '../../../core/tasks/report/taskWords';
import { joinPath } from '../../../core/util/path';
import { toUri } from '../../adapters/paths';
import type { Host } from '../../host';
import { placesIn } from './runDetail';

export interface Told {
  readonly check: Check;
  readonly result: CheckResult;
  /** The workspace folder. */
  readonly root: string;
}

export async function tellResult(
  { core }: Host,
  run: vscode.TestRun,
  item: vscode.TestItem,
  told: Told,
): Promise<void> {
  const { check, result } = told;
  if (result.outcome === 'passed') {
    if (saysNothing(told)) run.skipped(item);
    else run.passed(item, result.durationMs);
    return;
  }
  const failing = (result.failing ?? []).slice(0, MOST);
  const words = [
    result.why ?? `“${check.command}”: ${resultWords(result, true, check.kind)}`,
    ...failing,
  ].join('\n');
  const message = new vscode.TestMessage(words);
  const place = await placeOf(core.ports.files, told);
  if (place) message.location = place;
  else if (item.uri) message.location = new vscode.Location(item.uri, item.range ?? START);
  const isBroken = result.outcome !== 'failed' || result.why !== undefined;
  if (isBroken) run.errored(item, message, result.durationMs);
  else run.failed(item, message, result.durationMs);
}

/** For who reads in the results of a check that was run elsewhere. */
export function tellOutput(run: vscode.TestRun, item: vscode.TestItem, { tail }: CheckResult): void {
  if (tail.trim() !== '') run.appendOutput(`${forTerminal(tail)}\r\n`, undefined, item);
}

export function forTerminal(text: string): string {
  return text.replace(/\r?\n/g, '\r\n');
}

/** Names of tests in a message. */
const MOST = 20;
const START = new vscode.Position(0, 0);

/** It passed, and every test of it was skipped. */
function saysNothing({ check: { kind }, result: { tests } }: Told): boolean {
  return (kind === 'verify' || kind === 'test') && tests?.passed === 0;
}

/** The first that it names and that is there. */
async function placeOf(
  files: Host['core']['ports']['files'],
  { result, root }: Told,
): Promise<vscode.Location | undefined> {
  for (const { path, line = 1 } of placesIn(shareableText(result.tail, root))) {
    const full = joinPath(root, path);
    const found = await files.stat(full).catch(() => undefined);
    if (found) return new vscode.Location(toUri(full), new vscode.Position(Math.max(0, line - 1), 0));
  }
  return undefined;
}
