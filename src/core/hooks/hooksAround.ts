/** Hooks as what stands around every session. */
import type { AgentProfile } from '../agent/profiles/model';
import type { Surround, ToolCall, TurnEvents } from '../agent/surroundings/model';
import type { ToolOutcome } from '../agent/tool';
import type { Attachment } from '../agent/turn/attachments';
import { basename } from '../util/path';
import { hooksOfAgent } from './agentHooks';
import type { Hook } from './model';
import type { Fired, Happening, Scene, SessionHooks } from './sessionHooks';
import { namesOf } from './toolNames';

/** How often hooks may keep an agent from stopping, in one session. */
const GOES_ON = 3;
const AROUND_TOOLS: ReadonlySet<string> = new Set(['PreToolUse', 'PostToolUse']);

export function hooksAround(hooks: SessionHooks): Surround {
  return async ({ session, role, root, place, spec, profile }) => {
    await hooks.look(root);
    const scene: Scene = { root, place, session, own: hooksOf(root, profile) };
    const { task } = session.state.started;
    const about = {
      ...(spec ? { spec_name: basename(spec.path) } : {}),
      ...(task === undefined ? {} : { task_name: task }),
    };
    /** What `PreToolUse` has to say, until there is a result to say it with. */
    const kept = new Map<string, string>();
    const refused = new Set<string>();
    let wentOn = 0;
    const fire = (happening: Happening, signal: Parameters<SessionHooks['fire']>[2]) =>
      hooks.fire(scene, { ...happening, facts: { ...happening.facts, ...about } }, signal);

    const always: TurnEvents = {
      async before(call, signal) {
        const fired = await fire(toolHappening('PreToolUse', call), signal);
        const told = toldBy(fired);
        if (told !== '') kept.set(call.id, told);
        const why = fired.find(({ blocked }) => blocked !== undefined)?.blocked;
        if (why !== undefined) refused.add(call.id);
        return why;
      },
      async after(call, outcome, signal) {
        const before = kept.get(call.id) ?? '';
        kept.delete(call.id);
        // What was kept from running has no result that a hook could look at.
        if (refused.delete(call.id)) return before === '' ? undefined : before;
        const fired = await fire(toolHappening('PostToolUse', call, outcome), signal);
        const all = [before, toldBy(fired)].filter((text) => text !== '').join('\n\n');
        return all === '' ? undefined : all;
      },
    };
    if (!role.works) return { events: [always] };
    return {
      events: [
        {
          ...always,
          async begun(signal) {
            const facts = { session_kind: role.name };
            return attached(await fire({ trigger: 'SessionStart', subjects: [], facts }, signal));
          },
          async said(text, signal) {
            const happening = { subjects: [text], facts: { prompt: text }, words: text };
            const fired = await fire({ trigger: 'UserPromptSubmit', ...happening }, signal);
            const why = fired.find(({ blocked }) => blocked !== undefined)?.blocked;
            return why === undefined ? attached(fired) : { refused: why };
          },
          async stopping(_end, signal) {
            const fired = await fire({ trigger: 'Stop', subjects: [], facts: {} }, signal);
            const more = fired.find(({ goOn }) => goOn !== undefined)?.goOn;
            return more !== undefined && ++wentOn <= GOES_ON ? more : undefined;
          },
        },
      ],
    };
  };
}

/** An agent's own, and those around tools of whoever handed it its task: no call escapes them by being handed on. */
function hooksOf(root: string, profile: AgentProfile | undefined): readonly Hook[] {
  if (!profile) return [];
  const own = hooksOfAgent(root, profile);
  const known = new Set(own.map(({ id }) => id));
  const handed = hooksOf(root, profile.leader).filter(
    ({ id, trigger }) => AROUND_TOOLS.has(trigger) && !known.has(id),
  );
  return [...handed, ...own];
}

function toolHappening(
  trigger: 'PreToolUse' | 'PostToolUse',
  { name, input }: ToolCall,
  outcome?: ToolOutcome,
): Happening {
  const response = outcome && { success: outcome.ok, result: outcome.output };
  const words = {
    toolName: name,
    toolArgs: input,
    ...(outcome ? { toolResult: outcome.output, toolSuccess: outcome.ok } : {}),
  };
  const names = namesOf(name);
  return {
    trigger,
    subjects: names,
    facts: {
      tool_name: name,
      tool_names: names,
      tool_input: input,
      ...(response ? { tool_response: response } : {}),
    },
    words: JSON.stringify(words),
  };
}

function toldBy(fired: readonly Fired[]): string {
  return fired.flatMap(({ hook, told }) => (told ? [`Hook “${hook.name}”: ${told}`] : [])).join('\n\n');
}

function attached(fired: readonly Fired[]): readonly Attachment[] {
  return fired.flatMap(({ hook, told }): Attachment[] =>
    told ? [{ type: 'text', mention: `hook:${hook.name}`, text: told }] : [],
  );
}
