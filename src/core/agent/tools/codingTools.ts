/** The tools of a coding session. To add one: a file beside these, and a line here. */
import type { Tool } from '../tool';
import { deleteFile } from './deleteFile';
import { editFile } from './editFile';
import { glob } from './glob';
import { listFiles } from './listFiles';
import { moveFile } from './moveFile';
import { readFile } from './readFile';
import { readOutput } from './readOutput';
import { runCommand } from './runCommand';
import { search } from './search';
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
