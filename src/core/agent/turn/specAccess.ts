/** The specifications of a workspace, for the tool that looks into them. */
import type { Spec } from '../../spec/model';
import type { Trace } from '../../trace/trace';
import type { SpecAccess } from '../tool';

/** @param spec what the session works on */
export function specAccess(spec: Spec | undefined, all: () => readonly Spec[], trace: Trace): SpecAccess {
  return { spec, all, trace: (which, signal) => trace.graph(which, { signal }) };
}
