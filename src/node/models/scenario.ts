import * as z from 'zod';

const toolSchema = z.strictObject({ name: z.string().min(1), input: z.unknown() });

const stepSchema = z.strictObject({
  /** What follows `Role: ` in the first line of the system prompt. */
  role: z.string().min(1),
  /** Must occur in the first message of the person. */
  contains: z.string().optional(),
  /** How many answers the conversation holds already; `any`: however many. */
  turn: z.union([z.int().min(0), z.literal('any')]).optional(),
  text: z.string().optional(),
  tools: z.array(toolSchema).optional(),
});

/** What a rehearsed model says, and when. */
export const scenarioSchema = z.strictObject({ steps: z.array(stepSchema).min(1) });

export type Scenario = z.infer<typeof scenarioSchema>;
export type ScenarioStep = Scenario['steps'][number];

/** The part of a Messages request that decides which step answers it. */
export interface RehearsedRequest {
  readonly role: string;
  readonly turn: number;
  readonly firstMessage: string;
}

const textSchema = z.union([
  z.string(),
  z.array(z.looseObject({ text: z.string().optional() })).transform(joinTexts),
]);

const requestSchema = z.looseObject({
  model: z.string(),
  system: textSchema.default(''),
  messages: z.array(z.looseObject({ role: z.string(), content: textSchema })),
});

/** Checks a scenario; throws a `ZodError` that names what is wrong. */
export function parseScenario(value: unknown): Scenario {
  return scenarioSchema.parse(value);
}

/** Reads a Messages request's body; undefined when it is none. */
export function readRehearsedRequest(
  body: unknown,
): (RehearsedRequest & { readonly model: string }) | undefined {
  const parsed = requestSchema.safeParse(body);
  if (!parsed.success) return undefined;
  const { model, system, messages } = parsed.data;
  const firstLine = system.split('\n', 1)[0] ?? '';
  return {
    model,
    role: firstLine.startsWith('Role: ') ? firstLine.slice('Role: '.length).trim() : '',
    turn: messages.filter(({ role }) => role === 'assistant').length,
    firstMessage: messages.find(({ role }) => role === 'user')?.content ?? '',
  };
}

/** The first step that matches. A step without `turn` answers the conversation's first turn. */
export function findStep(scenario: Scenario, request: RehearsedRequest): ScenarioStep | undefined {
  return scenario.steps.find(
    ({ role, contains = '', turn = 0 }) =>
      role === request.role &&
      (turn === 'any' || turn === request.turn) &&
      request.firstMessage.includes(contains),
  );
}

function joinTexts(blocks: readonly { readonly text?: string | undefined }[]): string {
  return blocks.map(({ text = '' }) => text).join('');
}
