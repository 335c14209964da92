/**
 * What is loaded when it is first needed: what works with a model and what reads hooks or front matter is most of the
 * core, and a window that only shows specs needs none of it.
 */
import { lazy } from './util/lazy';

export const later = {
  /** Tools and their schemas, the rules over them, the parser of the shell. */
  work: lazy(() => import('./work')),
  /** Patterns of ignore files, and what they hide. */
  looking: lazy(() => import('./agent/places/looking')),
  drafting: lazy(() => import('./workflow/draftingWork')),
  /** What keeps approved documents in step with each other. */
  upkeep: lazy(() => import('./workflow/upkeep/upkeep')),
  /** Whose approvals a workspace asks for, where it says so. */
  approverRules: lazy(() => import('./workflow/approvals/approverRules')),
  steering: lazy(() => import('./steering/guidanceWork')),
  foundation: lazy(() => import('./steering/foundation')),
  traceReport: lazy(() => import('./trace/report')),
  checkpoints: lazy(() => import('./checkpoints/createCheckpoints')),
  runReport: lazy(() => import('./tasks/report')),
  order: lazy(() => import('./order/order')),
  agentFiles: lazy(() => import('./agent/profiles/profileProblems')),
  parseHooks: lazy(() => import('./hooks/parseHooks')),
  parsePowerHooks: lazy(() => import('./powers/parsePowerHooks')),
  hookWork: lazy(() => import('./hooks/hookWork')),
};
