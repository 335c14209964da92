/**
 * One conversation of the agent with all that stands around it: the same for a chat, a task, a hook, a review and a
 * sub-agent, so that rules, hooks and advice hold for each of them.
 */
import type { TurnCheckpoints } from '../../checkpoints/turnCheckpoints';
import type { Ports, ProcessRunner } from '../../ports';
import type { Spec } from '../../spec/model';
import type { SpecStore } from '../../spec/specStore';
import { createTrace } from '../../trace/trace';
import { paragraphs } from '../../workflow/prompts/material';
import { createSupervision } from '../changes/supervision';
import type { Permissions } from '../permissions';
import { filesOfCopy } from '../places/filesOfCopy';
import type { AgentProfile } from '../profiles/model';
import { allowsTool, isOurs } from '../profiles/toolTags';
import type { SessionEvent } from '../session/events';
import type { Session } from '../session/sessions';
import { gather, together } from '../surroundings/gather';
import type { Surround } from '../surroundings/model';
import type { Role } from '../surroundings/roles';
import type { Tool } from '../tool';
import { offerOf } from '../tools/codingTools';
import { withBackground } from './background';
import type { Message, Model } from './model';
import { createPatience } from './patience';
import { specAccess } from './specAccess';
import { converse, type ModelEnd } from './turnLoop';

/** Hears what the agent writes. */
export type OnWrite = (path: string, text: string | undefined) => void;

export interface TalkOrder {
  readonly session: Session;
  readonly role: Role;
  readonly model: Model;
  /** The workspace folder: its rules, its steering, its hooks. */
  readonly root: string;
  /** Where it works: that folder, or a copy of it. */
  readonly place?: string;
  /** What it works on. */
  readonly spec?: Spec;
  /** The custom agent that it is: its words come first, and it has no other tools than those it names. */
  readonly profile?: AgentProfile;
  /** @param advice what the surroundings have to say, to be made part of the prompt */
  readonly promptOf: (advice: string) => { readonly system: string; readonly user: string };
  /** The session's log until now, where it goes on. */
  readonly past?: readonly SessionEvent[];
  /** What is to be said when the agent thinks that it is done; undefined where it is. */
  readonly replyTo?: (end: ModelEnd) => string | undefined | Promise<string | undefined>;
  readonly withPictures?: (messages: readonly Message[]) => Promise<readonly Message[]>;
  /** Of its commands, where somebody watches what they do. */
  readonly processes?: ProcessRunner;
  /** Around each call of a tool that others made: where somebody watches what those do. */
  readonly watch?: Watch;
  /** Else nobody led to what it writes. */
  readonly onWrite?: OnWrite;
}

export type Watch = <T>(act: () => Promise<T>) => Promise<T>;

/** Resolves with the last answer when there is nothing more to say; rejects with what a person should read. */
export type Talk = (order: TalkOrder) => Promise<ModelEnd>;

export interface TalkOptions {
  readonly ports: Ports;
  readonly specs: Pick<SpecStore, 'all'>;
  readonly permissions: Permissions;
  readonly around: readonly Surround[];
  readonly onWrite: OnWrite;
  readonly checkpoints?: TurnCheckpoints;
}

export function createTalk({ ports, specs, permissions, around, ...options }: TalkOptions): Talk {
  const { settings, clock, log, person } = ports;
  const trace = createTrace(ports, () => specs.all);

  /** What one that only judges has none of. */
  function workOf({ role, root, place = root }: TalkOrder) {
    if (!role.works) return { offer: { tools: role.tools, context: {} }, present: false };
    return {
      offer: offerOf(ports, role.tools),
      present: person.present,
      supervision: createSupervision(ports, place, role.reviewedLater),
      // Those are of the workspace folder, which does not change while the agent works in a copy.
      checkpoints: place === root ? options.checkpoints : undefined,
    };
  }

  return async (order) => {
    const { session, role, model, root, place = root, spec, profile, past, replyTo, withPictures } = order;
    const occasion = { session, role, root, place, spec, ...(profile ? { profile } : {}) };
    const surroundings = await gather(around, occasion, log);
    const { system, user } = order.promptOf(surroundings.advice.join('\n\n'));
    const { offer, present, supervision, checkpoints } = workOf(order);
    const { processes = ports.processes, onWrite = options.onWrite } = order;
    const { maxTurns, contextTokens } = settings.get();
    return withBackground({ processes, clock }, (background) =>
      converse({
        session,
        model,
        system: paragraphs(profile?.prompt ?? '', system),
        prompt: user,
        tools: toolsOf(profile, offer.tools, watched(surroundings.tools, order.watch)),
        maxTokens: role.maxTokens,
        maxTurns: role.maxTurns ?? maxTurns,
        contextTokens,
        gate: permissions.gate(root, present, place, profile?.rules),
        supervision,
        checkpoints,
        around: together(surroundings.events),
        context: {
          ...offer.context,
          root: place,
          files: filesOfCopy(ports.files, root, place),
          processes,
          background,
          textSearch: ports.textSearch,
          spec: specAccess(spec, () => specs.all, trace),
          onWrite,
        },
        now: () => clock.now(),
        ...(role.patient ? { patience: createPatience(clock) } : {}),
        past,
        replyTo,
        withPictures,
        // One that nobody waits for does not ask about what it began before its process ended.
        canAsk: present && role.name !== 'hook',
      }),
    );
  };
}

/** What stands around a session has asked the agent itself: only our own tools go by its tags. */
function toolsOf(
  profile: AgentProfile | undefined,
  own: readonly Tool[],
  around: readonly Tool[],
): readonly Tool[] {
  const mayUse = ({ definition: { name } }: Tool) => !profile || !isOurs(name) || allowsTool(profile, name);
  return [...own, ...around].filter(mayUse);
}

/** What reads changes nothing that anybody could watch. */
function watched(tools: readonly Tool[], watch: Watch | undefined): readonly Tool[] {
  if (!watch) return tools;
  return tools.map((tool) =>
    tool.reads
      ? tool
      : {
          ...tool,
          async prepare(input, context) {
            const prepared = await tool.prepare(input, context);
            return { ...prepared, perform: (signal) => watch(() => prepared.perform(signal)) };
          },
        },
  );
}
