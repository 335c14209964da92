/** Earshot in the editor's own chat, where it has one: `@earshot`, our models, and a look into the specs for its models. */
import * as vscode from 'vscode';
import type { Feature } from '../../host';
import { offerModels } from './models';
import { answerIn } from './participant';
import { specTool } from './specTool';

const PARTICIPANT = 'earshot.agent';
const SPEC_TOOL = 'earshot_spec';

export const registerEditorChat: Feature = (host) => {
  const parts: vscode.Disposable[] = [offerModels(host)];
  if (vscode.lm?.registerTool) parts.push(vscode.lm.registerTool(SPEC_TOOL, specTool(host.core)));
  if (vscode.chat?.createChatParticipant) {
    const participant = vscode.chat.createChatParticipant(PARTICIPANT, answerIn(host.core));
    participant.iconPath = new vscode.ThemeIcon('comment-discussion-sparkle');
    parts.push(participant);
  }
  return vscode.Disposable.from(...parts);
};
