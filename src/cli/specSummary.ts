/** A spec as `spec list` tells it: the shape of its JSON. */

import { groupOf } from '../core/order/places';
import type { DocumentKind, PhaseState, Progress, Spec } from '../core/spec/model';
import { basename, relativePath } from '../core/util/path';

export type Phase = DocumentKind | 'done';

export interface SpecSummary {
  readonly name: string;
  /** The folders of `.kiro/specs` that it lies in; empty for none. */
  readonly group: string;
  /** Relative to the workspace folder, with forward slashes. */
  readonly path: string;
  readonly type: Spec['type'];
  readonly phase: Phase;
  readonly documents: readonly {
    readonly kind: DocumentKind;
    readonly file: string;
    readonly state: PhaseState;
    /** Only where it is so: changes were asked for, and that is not settled. */
    readonly requested?: true;
    /** Parts that name a criterion which was edited since; none where it is left out. */
    readonly suspects?: number;
  }[];
  /** Required leaf tasks. */
  readonly tasks: Progress;
}

/** @param workspace Paths are relative to it; the spec's own folder where it is left out. */
export function summarizeSpec(spec: Spec, workspace = spec.root): SpecSummary {
  const { name, path, type, documents, progress } = spec;
  return {
    name,
    group: groupOf(spec),
    path: relativePath(workspace, path) ?? path,
    type,
    phase: phaseOf(spec),
    documents: documents.map(({ kind, path: file, state, requested, suspects }) => ({
      kind,
      file: basename(file),
      state,
      ...(requested && { requested }),
      ...(suspects > 0 && { suspects }),
    })),
    tasks: { done: progress.done, total: progress.total },
  };
}

/**
 * The furthest that a spec has come: its last document that is there, or `done` when tasks.md is there and
 * every required task in it is done. The first document when there is none yet. Whether it was approved is
 * the documents' state, not the phase: most specs of other tools carry no approvals.
 */
export function phaseOf({ documents, progress }: Spec): Phase {
  const last =
    documents.findLast(({ state, text }) => text !== undefined || state === 'drafting') ?? documents[0];
  if (last?.kind === 'tasks' && progress.total > 0 && progress.done === progress.total) return 'done';
  return last?.kind ?? 'requirements';
}
