/** The tools of the agent. To add one: a file beside these, and a line here. */
import type { Tool } from '../tool';
import { askUser } from './askUser';
import { deleteFile } from './deleteFile';
import { editFile } from './editFile';
import { glob } from './glob';
import { listFiles } from './listFiles';
import { moveFile } from './moveFile';
import { readFile } from './readFile';
import { readOutput } from './readOutput';
import { runCommand } from './runCommand';
import { search } from './search';
import { spec } from './spec';
import { startProcess } from './startProcess';
import { stopProcess } from './stopProcess';
import { writeFile } from './writeFile';

export const CODING_TOOLS: readonly Tool[] = [
  readFile,
  listFiles,
  glob,
  search,
  writeFile,
  editFile,
  deleteFile,
  moveFile,
  runCommand,
  startProcess,
  readOutput,
  stopProcess,
];

/** Of a session that does a task of a specification. */
export const TASK_TOOLS: readonly Tool[] = [...CODING_TOOLS, spec, askUser];
