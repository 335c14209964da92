/**
 * Parameters of a property: a fixed seed, so that every run is the same (`EARSHOT_SEED` for another), and fifty
 * times the runs with `EARSHOT_SOAK=1`.
 */
export function runs(numRuns: number, seed = 20250714): { numRuns: number; seed: number } {
  const chosen = Number(process.env.EARSHOT_SEED ?? seed);
  return { numRuns: process.env.EARSHOT_SOAK === '1' ? numRuns * 50 : numRuns, seed: chosen };
}

/** Milliseconds for a test with many runs: enough on a machine that does other things, and for the long run. */
export function patience(ms: number): number {
  return process.env.EARSHOT_SOAK === '1' ? Math.max(ms, 30 * 60_000) : ms;
}

/** A test of the long run alone: it costs a window, or seconds of a real program, and samples of it run always. */
export const inLongRun: (title: string, test: () => Promise<void>) => void =
  process.env.EARSHOT_SOAK === '1' ? it : () => {};
