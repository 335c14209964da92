/** A conversation of the agent about a task: with its tools, in the workspace folder or a copy of it. */
import { createSupervision } from '../../agent/changes/supervision';
import type { Permissions } from '../../agent/permissions';
import { filesOfCopy } from '../../agent/places/filesOfCopy';
import type { SessionEvent } from '../../agent/session/events';
import type { Session } from '../../agent/session/sessions';
import { offerOf, TASK_TOOLS } from '../../agent/tools/codingTools';
import { withBackground } from '../../agent/turn/background';
import type { Model } from '../../agent/turn/model';
import { specAccess } from '../../agent/turn/specAccess';
import { converse } from '../../agent/turn/turnLoop';
import type { TurnCheckpoints } from '../../checkpoints/turnCheckpoints';
import type { Ports } from '../../ports';
import type { Spec } from '../../spec/model';
import type { SpecStore } from '../../spec/specStore';
import { readSteering, steeringPrompt } from '../../steering/steering';
import { createTrace } from '../../trace/trace';
import type { Prompt } from '../../workflow/prompts/draftPrompt';

const MAX_TOKENS = 32_000;

/** Hears what the agent writes: no hook led to it. */
export type OnWrite = (path: string, text: string | undefined) => void;

export interface TalkOrder {
  readonly session: Session;
  readonly spec: Spec;
  readonly model: Model;
  /** The folder that it works in. */
  readonly root: string;
  /** The session's log until now, where it goes on. */
  readonly past: readonly SessionEvent[];
  /** What is to be said when the agent thinks that it is done; undefined where it is. */
  readonly replyTo: (() => Promise<string | undefined>) | undefined;
  readonly promptOf: (steering: string) => Prompt;
}

/** Resolves when there is nothing more to say; rejects with what a person should read. */
export type Talk = (order: TalkOrder) => Promise<void>;

export function createTalk(
  ports: Ports,
  specs: Pick<SpecStore, 'all'>,
  permissions: Permissions,
  { onWrite, checkpoints }: { readonly onWrite: OnWrite; readonly checkpoints?: TurnCheckpoints },
): Talk {
  const { settings, processes } = ports;
  const trace = createTrace(ports);

  return async ({ session, spec, model, root, past, replyTo, promptOf }) => {
    const steering = steeringPrompt(await readSteering(ports.files, spec.root));
    const offer = offerOf(ports, TASK_TOOLS);
    const prompt = promptOf(steering);
    const access = specAccess(spec, () => specs.all, trace);
    const files = filesOfCopy(ports.files, spec.root, root);
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
        gate: permissions.gate(spec.root, ports.person.present, root),
        supervision: createSupervision(ports, root),
        // Those are of the workspace folder, which does not change while the agent works in a copy.
        ...(checkpoints && root === spec.root ? { checkpoints } : {}),
        context: { ...offer.context, root, files, processes, background, spec: access, onWrite },
        now: () => ports.clock.now(),
        past,
        ...(replyTo ? { replyTo } : {}),
        canAsk: ports.person.present,
      }),
    );
  };
}
