/** The agent's part of a task: one conversation, until it says that it is done. */
import { createSupervision } from '../../agent/changes/supervision';
import type { Permissions } from '../../agent/permissions';
import type { SessionEvent } from '../../agent/session/events';
import type { Session } from '../../agent/session/sessions';
import { offerOf, TASK_TOOLS } from '../../agent/tools/codingTools';
import { withBackground } from '../../agent/turn/background';
import type { Model } from '../../agent/turn/model';
import { specAccess } from '../../agent/turn/specAccess';
import { converse } from '../../agent/turn/turnLoop';
import type { TurnCheckpoints } from '../../checkpoints/turnCheckpoints';
import type { Ports } from '../../ports';
import type { Spec, Task } from '../../spec/model';
import { documentsOf } from '../../spec/readSpec';
import type { SpecStore } from '../../spec/specStore';
import { readSteering, steeringPrompt } from '../../steering/steering';
import { createTrace } from '../../trace/trace';
import { basename } from '../../util/path';
import { taskSlices } from '../../workflow/drafting/slices';
import { taskPrompt } from '../../workflow/prompts/taskPrompt';

const MAX_TOKENS = 32_000;

/** Hears what the agent writes: no hook led to it. */
export type OnWrite = (path: string, text: string | undefined) => void;

export interface WorkOrder {
  readonly session: Session;
  readonly spec: Spec;
  readonly task: Task;
  /** Commands that run when the agent has ended. */
  readonly checks: readonly string[];
  readonly model: Model;
  /** The folder that it works in. */
  readonly root: string;
  /** The session's log until now, where it goes on. */
  readonly past: readonly SessionEvent[];
  /** What is added to the prompt; empty for nothing. */
  readonly more: string;
  /** What is to be said when the agent thinks that it is done; undefined where it is. */
  readonly replyTo: () => Promise<string | undefined>;
}

/** Resolves when there is nothing more to say; rejects with what a person should read. */
export type Work = (order: WorkOrder) => Promise<void>;

export function createWork(
  ports: Ports,
  specs: Pick<SpecStore, 'all'>,
  permissions: Permissions,
  onWrite: OnWrite,
  checkpoints?: TurnCheckpoints,
): Work {
  const { files, settings, processes } = ports;
  const trace = createTrace(ports);
  const supervision = createSupervision(ports);

  return async ({ session, spec, task, checks, model, root, past, more, replyTo }) => {
    const whole = spec.documents.flatMap(({ path, text }) =>
      text === undefined ? [] : [{ name: basename(path), text }],
    );
    const documents = taskSlices(documentsOf(spec.documents), task) ?? whole;
    const steering = steeringPrompt(await readSteering(files, spec.root));
    const offer = offerOf(ports, TASK_TOOLS);
    const prompt = taskPrompt({ task, checks, steering, documents, more });
    const access = specAccess(spec, () => specs.all, trace);
    await withBackground(ports, (background) =>
      converse({
        session,
        model,
        system: prompt.system,
        prompt: prompt.user,
        tools: offer.tools,
        maxTokens: MAX_TOKENS,
        maxTurns: settings.get().maxTurns,
        contextTokens: settings.get().contextTokens,
        gate: permissions.gate(root),
        supervision,
        ...(checkpoints ? { checkpoints } : {}),
        context: { ...offer.context, root, files, processes, background, spec: access, onWrite },
        now: () => ports.clock.now(),
        past,
        replyTo,
        canAsk: ports.person.present,
      }),
    );
  };
}
