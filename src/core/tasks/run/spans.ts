/** When a task was worked on: not while its run was over, paused before another try, or without a process. Pure. */

/** Milliseconds since the epoch. */
export interface Span {
  readonly from: number;
  /** Undefined: it goes on. */
  readonly to: number | undefined;
}

export function openedAt(spans: readonly Span[], at: number): readonly Span[] {
  return isOpen(spans.at(-1)) ? spans : [...spans, { from: at, to: undefined }];
}

export function closedAt(spans: readonly Span[], at: number): readonly Span[] {
  const last = spans.at(-1);
  return last && isOpen(last) ? [...spans.slice(0, -1), { ...last, to: at }] : spans;
}

/** Nobody worked from here to there. */
export function without(spans: readonly Span[], from: number, to: number): readonly Span[] {
  return spans.flatMap((span): readonly Span[] => {
    const end = span.to ?? Number.POSITIVE_INFINITY;
    if (span.from >= to || end <= from) return [span];
    const before = span.from < from ? [{ from: span.from, to: from }] : [];
    return end > to ? [...before, { from: to, to: span.to }] : before;
  });
}

function isOpen(span: Span | undefined): boolean {
  return span !== undefined && span.to === undefined;
}

/** How long any of them lasted, or lasts until `now`: what is side by side counts once. */
export function timeIn(spans: readonly Span[], now: number): number {
  let [time, until] = [0, 0];
  for (const { from, to = now } of [...spans].sort((a, b) => a.from - b.from)) {
    time += Math.max(0, to - Math.max(from, until));
    until = Math.max(until, to);
  }
  return time;
}
