/** Has what a criterion lacks drafted: by a request for changes of a document, or by the agent, where it is a test. */
import * as vscode from 'vscode';
import { ActError } from '../../../core/actError';
import { mentionText } from '../../../core/agent/mentions/mentionText';
import type { Spec } from '../../../core/spec/model';
import type { DraftableLevel } from '../../../protocol/trace';
import { COMMANDS } from '../../manifest';

const WANTED = {
  design: ['design', 'what the design says about it, in the section where it belongs'],
  property: ['design', 'a correctness property that validates it'],
  task: ['tasks', 'the tasks that it needs'],
} as const;

export async function draftMissing(
  spec: Spec | undefined,
  { criterion, level }: { readonly criterion: string; readonly level: DraftableLevel },
): Promise<void> {
  if (spec === undefined) throw new ActError('notFound', 'This spec is no longer there.');
  if (level === 'test') {
    // What the agent is told waits in its input: it runs commands, and the person sends it.
    const words = `${mentionText('spec', spec.name)} Write a test that verifies criterion ${criterion}, with the comment “Verifies: ${spec.name}#${criterion}” above it, and run it.`;
    await vscode.commands.executeCommand(COMMANDS.newSession, words);
    return;
  }
  const [kind, what] = WANTED[level];
  const request = `Criterion ${criterion} is named by nothing of that kind yet. Add ${what}, and name the criterion there. Change nothing else.`;
  await vscode.commands.executeCommand(COMMANDS.requestChanges, { spec: spec.path, kind }, request);
}
