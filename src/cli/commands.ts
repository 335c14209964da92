/** Every command. To add one: a file beside these, and a line here. */
import type { Command } from './command';
import { check } from './commands/check';
import { checkpointDiff } from './commands/checkpointDiff';
import { checkpointList } from './commands/checkpointList';
import { checkpointRestore } from './commands/checkpointRestore';
import { drift } from './commands/drift';
import { explain } from './commands/explain';
import { fix } from './commands/fix';
import { hookDryRun } from './commands/hookDryRun';
import { hookList } from './commands/hookList';
import { hookMigrate } from './commands/hookMigrate';
import { hookRun } from './commands/hookRun';
import { managed } from './commands/managed';
import { mcp } from './commands/mcp';
import { merge } from './commands/merge';
import { powerInstall } from './commands/powerInstall';
import { powerList } from './commands/powerList';
import { powerRemove } from './commands/powerRemove';
import { report } from './commands/report';
import { run } from './commands/run';
import { serversCall } from './commands/serversCall';
import { serversCheck } from './commands/serversCheck';
import { serversList } from './commands/serversList';
import { sessionExport } from './commands/sessionExport';
import { sessionList } from './commands/sessionList';
import { sessionResume } from './commands/sessionResume';
import { specArchive } from './commands/specArchive';
import { specList } from './commands/specList';
import { specNew } from './commands/specNew';
import { specRename } from './commands/specRename';
import { specRestore } from './commands/specRestore';
import { steeringContext } from './commands/steeringContext';
import { steeringList } from './commands/steeringList';
import { taskRun } from './commands/taskRun';
import { trace } from './commands/trace';
import { usage } from './commands/usage';

export const COMMANDS: readonly Command[] = [
  check,
  fix,
  merge,
  explain,
  specList,
  specNew,
  specRename,
  specArchive,
  specRestore,
  run,
  taskRun,
  report,
  trace,
  drift,
  sessionList,
  sessionExport,
  sessionResume,
  steeringList,
  steeringContext,
  checkpointList,
  checkpointDiff,
  checkpointRestore,
  serversList,
  serversCheck,
  serversCall,
  powerList,
  powerInstall,
  powerRemove,
  usage,
  managed,
  mcp,
  hookList,
  hookRun,
  hookDryRun,
  hookMigrate,
];
