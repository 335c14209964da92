/** The words of the guided demo's model. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { findStep, parseScenario, type ScenarioStep } from '../../../src/node/models/scenario';
import type { TaskItem } from './specText';

export const DEMO = resolve(__dirname, '../../../media/demo');
const IMPLEMENT = 'implement a task';
export const scenario = parseScenario(
  withTexts(JSON.parse(readFileSync(join(DEMO, 'scenario.json'), 'utf8'))),
);

/** As `loadScenario` does it, but at once: the cases of the tests come from these texts. */
function withTexts(raw: { steps: { textFile?: string }[] }): unknown {
  const steps = raw.steps.map(({ textFile, ...step }) =>
    textFile === undefined ? step : { ...step, text: readFileSync(join(DEMO, textFile), 'utf8') },
  );
  return { ...raw, steps };
}

export function textOf(role: string): string {
  const step = findStep(scenario, { role, turn: 0, firstMessage: 'any wording at all' });
  assert.ok(step?.text, `no step answers the role “${role}”`);
  return step.text;
}

export function conversation(task: TaskItem): ScenarioStep[] {
  const firstMessage = `Task ${task.id}: ${task.title}`;
  const steps: ScenarioStep[] = [];
  for (;;) {
    const step = findStep(scenario, { role: IMPLEMENT, turn: steps.length, firstMessage });
    if (!step) return steps;
    steps.push(step);
  }
}

/** Every step that belongs to a task. */
export function taskSteps(): ScenarioStep[] {
  return scenario.steps.filter(({ role }) => role === IMPLEMENT);
}
