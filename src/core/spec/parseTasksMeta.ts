/** `tasks.meta.json` beside tasks.md: what Kiro remembers of the property tests that it ran. Read leniently, never written. */
export interface PropertyTestResult {
  readonly status: 'passed' | 'failed' | 'unexpected_pass';
  readonly failingExample: string | undefined;
  /** As written. */
  readonly lastRun: string | undefined;
}

const STATUSES = ['passed', 'failed', 'unexpected_pass'] as const;

/** By task id; empty for a text that says nothing of the kind. */
export function parseTasksMeta(text: string): ReadonlyMap<string, PropertyTestResult> {
  const results = new Map<string, PropertyTestResult>();
  for (const [task, value] of Object.entries(resultsIn(text))) {
    const entry = asObject(value);
    const status = STATUSES.find((known) => known === entry.status);
    if (status === undefined) continue;
    results.set(task, {
      status,
      failingExample: words(entry.failingExample),
      lastRun: words(entry.lastRunTimestamp),
    });
  }
  return results;
}

function resultsIn(text: string): Readonly<Record<string, unknown>> {
  try {
    return asObject(asObject(JSON.parse(text.replace(/^\uFEFF/, ''))).pbtResults);
  } catch {
    return {};
  }
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

function words(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
