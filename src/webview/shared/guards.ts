/** Shapes of what comes in; anything else is dropped before a view sees it. */
import type { ToAgent } from '../../protocol/agent';
import type { ToForm } from '../../protocol/mcp';
import type { ToPreview } from '../../protocol/preview';
import type { ToReview } from '../../protocol/review';
import type { ToRun } from '../../protocol/run';
import type { ToTrace } from '../../protocol/trace';

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Is this a message for the review panel? */
export function isToReview(message: unknown): message is ToReview {
  if (!isRecord(message)) return false;
  if (message.type === 'error') return typeof message.message === 'string';
  return message.type === 'model' && isRecord(message.model) && Array.isArray(message.model.steps);
}

/** Is this a message for the trace panel? */
export function isToTrace(message: unknown): message is ToTrace {
  if (!isRecord(message)) return false;
  if (message.type === 'error') return typeof message.message === 'string';
  if (message.type === 'reveal') return typeof message.criterion === 'string';
  return message.type === 'model' && isRecord(message.model) && Array.isArray(message.model.groups);
}

/** Is this a message for the run panel? */
export function isToRun(message: unknown): message is ToRun {
  if (!isRecord(message)) return false;
  if (message.type === 'error') return typeof message.message === 'string';
  if (message.type === 'reveal') return typeof message.task === 'string';
  return message.type === 'model' && isRecord(message.model) && Array.isArray(message.model.waves);
}

/** Is this a message for the preview of a design? */
export function isToPreview(message: unknown): message is ToPreview {
  return isRecord(message) && message.type === 'model' && isRecord(message.model);
}

/** Is this a message for a form? */
export function isToForm(message: unknown): message is ToForm {
  if (!isRecord(message) || message.type !== 'model' || !isRecord(message.model)) return false;
  return typeof message.model.key === 'string' && Array.isArray(message.model.fields);
}

/** Is this a message for the agent view? */
export function isToAgent(message: unknown): message is ToAgent {
  if (!isRecord(message)) return false;
  if (message.type === 'live') return isRecord(message.update) && typeof message.update.session === 'string';
  if (message.type === 'choices')
    return typeof message.request === 'number' && Array.isArray(message.choices);
  if (message.type === 'refused') return typeof message.message === 'string';
  if (message.type === 'compose')
    return typeof message.text === 'string' && Array.isArray(message.pictures ?? []);
  return message.type === 'model' && isRecord(message.model) && Array.isArray(message.model.sessions);
}

/** The kept state as a record; empty when there is none or it is something else. */
export function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}

/** The strings of a kept list. */
export function asStrings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

/** The texts of a kept record. */
export function asTexts(value: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(asRecord(value)).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
}
