/** Commands, settings, views and context keys, typed from package.json: `test/architecture` fails on drift. */
import type manifest from '../../package.json';

/** `earshot.model` … */
export type SettingKey = keyof typeof manifest.contributes.configuration.properties;

export const COMMANDS = {
  newSpec: 'earshot.newSpec',
  newSpecFrom: 'earshot.newSpecFrom',
  approve: 'earshot.approve',
  approveAll: 'earshot.approveAll',
  acceptKey: 'earshot.acceptKey',
  addComment: 'earshot.comment.add',
  resolveComments: 'earshot.comment.resolve',
  reopenComments: 'earshot.comment.reopen',
  editComment: 'earshot.comment.edit',
  saveComment: 'earshot.comment.save',
  cancelEditComment: 'earshot.comment.cancelEdit',
  removeComment: 'earshot.comment.remove',
  sendComments: 'earshot.comment.send',
  draft: 'earshot.draft',
  requestChanges: 'earshot.requestChanges',
  acceptRevision: 'earshot.acceptRevision',
  refuseRevision: 'earshot.refuseRevision',
  refine: 'earshot.refine',
  showDrift: 'earshot.showDrift',
  generateSteering: 'earshot.generateSteering',
  syncTasks: 'earshot.syncTasks',
  renameSpec: 'earshot.renameSpec',
  moveSpec: 'earshot.moveSpec',
  duplicateSpec: 'earshot.duplicateSpec',
  archiveSpec: 'earshot.archiveSpec',
  deleteSpec: 'earshot.deleteSpec',
  restoreSpec: 'earshot.restoreSpec',
  searchSpecs: 'earshot.searchSpecs',
  sortSpecs: 'earshot.sortSpecs',
  filterSpecs: 'earshot.filterSpecs',
  clearSpecFilter: 'earshot.clearSpecFilter',
  review: 'earshot.review',
  previewDesign: 'earshot.previewDesign',
  trace: 'earshot.trace',
  exportTrace: 'earshot.exportTrace',
  startTask: 'earshot.startTask',
  runAllTasks: 'earshot.runAllTasks',
  stop: 'earshot.stop',
  markTaskDone: 'earshot.markTaskDone',
  toggleTask: 'earshot.toggleTask',
  fixAll: 'earshot.fixAll',
  explainRule: 'earshot.explainRule',
  suppress: 'earshot.suppress',
  confirmLinks: 'earshot.confirmLinks',
  moveUp: 'earshot.moveUp',
  moveDown: 'earshot.moveDown',
  insertBelow: 'earshot.insertBelow',
  renumber: 'earshot.renumber',
  showAgent: 'earshot.showAgent',
  newSession: 'earshot.newSession',
  openChanges: 'earshot.openChanges',
  reviewChanges: 'earshot.reviewChanges',
  askAboutSelection: 'earshot.askAboutSelection',
  fixProblem: 'earshot.fixProblem',
  explainTerminal: 'earshot.explainTerminal',
  explainTerminalSelection: 'earshot.explainTerminalSelection',
  draftCommitMessage: 'earshot.draftCommitMessage',
  chooseAutonomy: 'earshot.chooseAutonomy',
  setApiKey: 'earshot.setApiKey',
  removeApiKey: 'earshot.removeApiKey',
  setServer: 'earshot.setServer',
  useBedrock: 'earshot.useBedrock',
  chooseModel: 'earshot.chooseModel',
  startDemo: 'earshot.startDemo',
  stopDemo: 'earshot.stopDemo',
  openDemoFile: 'earshot.openDemoFile',
  runHook: 'earshot.hook.runNow',
  enableHook: 'earshot.hook.enable',
  disableHook: 'earshot.hook.disable',
  agreeToHook: 'earshot.hook.agree',
  showHookRun: 'earshot.hook.showRun',
  createHook: 'earshot.hook.create',
  openSettings: 'earshot.openSettings',
  showLog: 'earshot.showLog',
  showUsage: 'earshot.showUsage',
} as const;

export type CommandId = (typeof COMMANDS)[keyof typeof COMMANDS];

export const VIEWS = {
  guide: 'earshot.guide',
  specs: 'earshot.specs',
  hooks: 'earshot.hooks',
  usage: 'earshot.usage',
  agent: 'earshot.agent',
  agentSide: 'earshot.agentSide',
} as const;

export const CONTEXT = {
  /** Specs were read once: an empty view is truly empty. */
  ready: 'earshot.ready',
  /** `key`, `server`, `rehearsed` or `none`. */
  model: 'earshot.model',
  /** What the Get Started view says; false hides it. */
  guide: 'earshot.guide',
  demo: 'earshot.demo',
  /** The Specs view leaves some out. */
  specFilter: 'earshot.specFilter',
  /** Kind of the spec document in the active editor. */
  specDocument: 'earshot.specDocument',
  /** `bar` where the editor keeps the secondary side bar to itself; unset: the agent is there, also after a reload. */
  agentIn: 'earshot.agentIn',
} as const;
