/** What a hook of v1 may say, and what each part means: read by the reader of hook files, and shown while somebody writes one. */
import * as z from 'zod';
import { CAPABILITIES } from '../agent/permissions/model';

const timeout = z
  .number()
  .min(0)
  .optional()
  .describe('Seconds until a command is ended. 0: never. Without it: 60. An agent is not timed.');

const confirmSchema = z
  .looseObject({
    question: z.string().min(1).describe('What you are asked.'),
    options: z
      .array(
        z.looseObject({
          id: z.string().describe('A name for the answer.'),
          label: z.string().describe('What the button says.'),
          run: z.boolean().describe('Does the command run after this answer?'),
          continueReason: z
            .string()
            .optional()
            .describe('What the agent is told after this answer, so that it goes on.'),
        }),
      )
      .min(1)
      .describe('The answers to choose from.'),
  })
  .describe('Asks you before a command of Stop runs. It means nothing elsewhere.');

const actionSchema = z
  .discriminatedUnion('type', [
    z.looseObject({
      type: z.literal('command').describe('Runs a command in the workspace folder.'),
      command: z
        .string()
        .min(1)
        .describe(
          'The command line. {{filePath}} is the file that fired it, quoted. The event comes as JSON on its input. Exit code 2 blocks what a Pre… hook or a message began.',
        ),
      timeout,
    }),
    z.looseObject({
      type: z.literal('agent').describe('Asks an agent, which has a session and permissions of its own.'),
      prompt: z.string().min(1).describe('What the agent is to do. It is told which files fired the hook.'),
      timeout,
    }),
  ])
  .describe('What happens: a command, or an agent.');

const patterns = z
  .union([
    z.array(z.string().min(1)),
    z
      .string()
      .min(1)
      .transform((one) => [one]),
  ])
  .optional();

const permissionsSchema = z
  .looseObject({
    rules: z.array(
      z.looseObject({
        capability: z.enum(CAPABILITIES),
        effect: z.enum(['deny', 'ask']).describe('It can only narrow what your own rules allow.'),
        match: patterns,
        exclude: patterns,
      }),
    ),
  })
  .describe('What its agent may not do, or has to ask for, beside your own rules. Kiro does not know it.');

export const hookSchema = z.looseObject({
  name: z.string().min(1).describe('A few words, as the Hooks view shows them.'),
  description: z.string().optional().describe('What it is good for.'),
  trigger: z.string().describe('What fires it.'),
  matcher: z
    .string()
    .optional()
    .describe(
      'Regular expression over the path, the tool’s name, the message or the task. Without it, or with *, everything fits.',
    ),
  schedule: z
    .string()
    .optional()
    .describe('With the trigger OnSchedule: "30m", "2h", or a time of the day, "09:00".'),
  action: actionSchema,
  timeout,
  budget: z
    .number()
    .positive()
    .optional()
    .describe('Dollars that one run of its agent may cost. Earshot keeps to it; Kiro does not know it.'),
  permissions: permissionsSchema.optional(),
  enabled: z.boolean().optional().describe('false: it is listed and can be run by hand, but never fires.'),
  confirm: confirmSchema.optional(),
});

export type WrittenHook = z.infer<typeof hookSchema>;
