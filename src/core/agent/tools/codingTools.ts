/** The tools of the agent. To add one: a file beside these, and a line here. */
import type { Ports } from '../../ports';
import type { Tool, ToolContext } from '../tool';
import { askUser } from './askUser';
import { code } from './code';
import { deleteFile } from './deleteFile';
import { diagnostics } from './diagnostics';
import { editFile } from './editFile';
import { glob } from './glob';
import { listFiles } from './listFiles';
import { moveFile } from './moveFile';
import { plan } from './plan';
import { readFile } from './readFile';
import { readOutput } from './readOutput';
import { renameSymbol } from './renameSymbol';
import { runCommand } from './runCommand';
import { search } from './search';
import { spec } from './spec';
import { startProcess } from './startProcess';
import { stopProcess } from './stopProcess';
import { webFetch } from './webFetch';
import { writeFile } from './writeFile';

export const CODING_TOOLS: readonly Tool[] = [
  readFile,
  listFiles,
  glob,
  search,
  code,
  writeFile,
  editFile,
  deleteFile,
  moveFile,
  runCommand,
  startProcess,
  readOutput,
  stopProcess,
];

/** Where an editor is around. */
export const EDITOR_TOOLS: readonly Tool[] = [diagnostics, renameSymbol];

/** Where the person turned it on. */
export const WEB_TOOLS: readonly Tool[] = [webFetch];

/** Of a session that does a task of a specification, or talks with a person. */
export const TASK_TOOLS: readonly Tool[] = [spec, askUser, plan];

/** Of one that nobody waits for. */
export const HOOK_TOOLS: readonly Tool[] = [spec];

/** Of one that judges and changes nothing. */
export const REVIEW_TOOLS: readonly Tool[] = [readFile, listFiles, glob, search, spec];

export const ALL_TOOLS: readonly Tool[] = [...CODING_TOOLS, ...EDITOR_TOOLS, ...WEB_TOOLS, ...TASK_TOOLS];

export interface Offer {
  readonly tools: readonly Tool[];
  readonly context: Pick<ToolContext, 'editor' | 'web'>;
}

/** What a session may use here and now: settled when it begins, so that its requests share their beginning. */
export function offerOf({ editor, web, settings }: Ports, own: readonly Tool[]): Offer {
  const mayFetch = web !== undefined && settings.get().webFetch;
  return {
    tools: [...CODING_TOOLS, ...(editor ? EDITOR_TOOLS : []), ...(mayFetch ? WEB_TOOLS : []), ...own],
    context: { ...(editor && { editor }), ...(mayFetch && { web }) },
  };
}
