/** Reads a scenario folder: `scenario.json`, whose steps may name their words by file (`textFile`). */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseScenario, type Scenario } from './scenario';

export async function loadScenario(folder: string): Promise<Scenario> {
  const value = JSON.parse(await readFile(join(folder, 'scenario.json'), 'utf8')) as {
    steps: Record<string, unknown>[];
  };
  const steps = await Promise.all(
    value.steps.map(async ({ textFile, ...step }) =>
      typeof textFile === 'string' ? { ...step, text: await readFile(join(folder, textFile), 'utf8') } : step,
    ),
  );
  return parseScenario({ steps });
}
