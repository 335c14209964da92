/**
 * Who decides about a call: the rules of files, of this session and of the chosen autonomy. What they do not allow
 * is asked; where nobody is there to ask, it is denied.
 */
import type { Home } from '../home';
import type { Clock, FileSystem, Ports } from '../ports';
import { errorMessage } from '../util/errorMessage';
import { isLately } from '../util/lately';
import { relativePath } from '../util/path';
import type { Verdict } from './permissions/decide';
import { hostOf, judgeCommand, judgeFile, judgeHost, judgeNamed } from './permissions/judge';
import type { Effect, Rule, Ruleset, ScopedRule } from './permissions/model';
import { PRESET_OF, presetRules } from './permissions/presets';
import { askAbout, objection } from './permissions/questions';
import { createRuleStore } from './permissions/store';
import {
  editsOf,
  type FileEdit,
  type PermissionAnswer,
  type PermissionQuestion,
  type Refusal,
  type RememberedAnswer,
  type SessionEvent,
} from './session/events';
import { ToolRefusal } from './turn/toolRefusal';

export interface Judgement {
  readonly decision: Effect;
  /** With what of it needs a yes, and which patterns would give it. */
  readonly question: PermissionQuestion;
}

/** Of one session. */
export interface PermissionGate {
  judge(question: PermissionQuestion, edit?: FileEdit): Promise<Judgement>;
  /** Takes an answer and remembers what it says to remember; why not, when it cannot be taken. */
  take(question: PermissionQuestion, answer: PermissionAnswer): Promise<Refusal | undefined>;
  /** What was allowed for this session before its process ended holds again. */
  recall(past: readonly SessionEvent[]): void;
  /** The same files, but for those that a rule keeps from being read. */
  reading(files: FileSystem): FileSystem;
}

export interface Permissions {
  /**
   * @param place The copy of the workspace folder that the session works in: rules and answers are the workspace's
   * @param narrower Rules of a custom agent: what they allow is for the person's own rules to say, so those count for nothing
   */
  gate(root: string, present?: boolean, place?: string, narrower?: readonly Rule[]): PermissionGate;
}

/** For requests without tools. */
export const DENIES_ALL: PermissionGate = {
  judge: async (question) => ({ decision: 'deny', question }),
  take: async () => undefined,
  recall: () => {},
  reading: (files) => files,
};

/** Milliseconds for which files of rules are not read again while the agent looks around. */
const FRESH = 1000;

type PermissionPorts = Pick<Ports, 'files' | 'settings' | 'person' | 'clock' | 'log' | 'administration'>;

export function createPermissions(ports: PermissionPorts, home: Home): Permissions {
  const { files, settings, person, clock } = ports;
  const store = createRuleStore(ports, home);

  function createGate(
    root: string,
    present: boolean,
    place: string,
    narrower: readonly Rule[],
  ): PermissionGate {
    const session: ScopedRule[] = [];
    const fences = narrower
      .filter(({ effect }) => effect !== 'allow')
      .map((rule) => ({ ...rule, scope: 'agent' as const }));

    async function ruleset(): Promise<Ruleset> {
      const { rules, policies, broken } = await store.read(root);
      const { autonomy } = settings.get();
      // Where nobody reviews what is written, it is asked for, and so denied.
      const preset = PRESET_OF[autonomy === 'supervised' && !present ? 'ask' : autonomy];
      const own = presetRules(preset).map((rule) => ({ ...rule, scope: 'preset' as const }));
      const trusting = preset === 'autopilot' || policies.includes('autopilot');
      return { rules: [...rules, ...fences, ...session, ...own], trusting, broken };
    }

    async function verdictOf(question: PermissionQuestion, edit?: FileEdit): Promise<Verdict> {
      const { subject, capability, from } = question;
      const rules = await ruleset();
      if (capability === 'run') return judgeCommand(files, root, rules, subject, place);
      if (capability === 'fetch') return judgeHost(rules, subject);
      if (capability === 'mcp' || capability === 'subagent') return judgeNamed(rules, capability, subject);
      const named = [from, ...editsOf(edit).flatMap((each) => [each.from, each.path])];
      const others = new Set(named.flatMap((path) => path ?? []));
      others.delete(subject);
      return judgeFile(root, rules, 'fs_write', subject, ...others);
    }

    async function remember(question: PermissionQuestion, answer: PermissionAnswer): Promise<void> {
      session.push(...sessionRules(question, answer));
      if (typeof answer === 'string' || answer.allow === 'session') return;
      const scope = answer.allow === 'always' ? 'user' : 'workspace';
      await store.add(root, scope, rulesOf(question, answer));
    }

    return {
      async judge(question, edit) {
        const verdict = await verdictOf(question, edit);
        const decision = verdict.effect === 'ask' && !present ? 'deny' : verdict.effect;
        return { decision, question: askAbout(question, verdict) };
      },
      async take(question, answer) {
        const refusal = typeof answer === 'string' ? undefined : objection(question, answer);
        const toRefusal = (error: unknown) => ({ why: errorMessage(error) });
        return refusal ?? remember(question, answer).then(() => undefined, toRefusal);
      },
      recall(past) {
        const questions = new Map<string, PermissionQuestion>();
        for (const event of past) {
          if (event.type === 'permission.asked') questions.set(event.call, event.question);
          const question = event.type === 'permission.answered' && questions.get(event.call);
          if (question) session.push(...sessionRules(question, event.answer));
        }
      },
      reading: (inner) => guardReading(inner, { root, place }, freshly(ruleset, clock)),
    };
  }

  return {
    gate: (root, present = person.present, place = root, narrower = []) =>
      createGate(root, present, place, narrower),
  };
}

/** What an answer allows for this session. Without a pattern: all writes, or exactly this command. */
function sessionRules(question: PermissionQuestion, answer: PermissionAnswer): readonly ScopedRule[] {
  const scope = 'session' as const;
  if (typeof answer === 'object') {
    return answer.allow === 'session' ? rulesOf(question, answer).map((rule) => ({ ...rule, scope })) : [];
  }
  if (answer !== 'session') return [];
  const about = { exclude: [], effect: 'allow', scope } as const;
  if (question.capability === 'write') return [{ ...about, capability: 'fs_write', match: ['**'] }];
  if (question.capability === 'fetch')
    return [{ ...about, capability: 'web_fetch', match: [hostOf(question.subject)] }];
  const all = question.needs ?? [{ capability: 'shell', text: question.subject }];
  return all.map(({ capability, text }) => ({ ...about, capability, match: [text] }));
}

function rulesOf({ needs = [] }: PermissionQuestion, { patterns }: RememberedAnswer): readonly Rule[] {
  const kinds = [...new Set(needs.map(({ capability }) => capability))];
  return kinds.map((capability) => ({
    capability,
    effect: 'allow',
    match: [...new Set(patterns.filter((_, index) => needs[index]?.capability === capability))],
    exclude: [],
  }));
}

function freshly<T>(read: () => Promise<T>, clock: Pick<Clock, 'now'>): () => Promise<T> {
  let latest: { readonly at: number; readonly value: Promise<T> } | undefined;
  return () => {
    if (!latest || !isLately(clock, latest.at, FRESH)) latest = { at: clock.now(), value: read() };
    return latest.value;
  };
}

function guardReading(
  files: FileSystem,
  { root, place }: { readonly root: string; readonly place: string },
  rules: () => Promise<Ruleset>,
): FileSystem {
  async function requireAllowed(path: string): Promise<void> {
    const name = relativePath(place, path);
    if (name !== undefined && judgeFile(root, await rules(), 'fs_read', name).effect !== 'allow')
      throw new ToolRefusal(`A rule keeps ${name} from being read. Do the task without it.`);
  }
  return {
    ...files,
    async readText(path) {
      await requireAllowed(path);
      return files.readText(path);
    },
    async readLines(path, wanted, signal) {
      await requireAllowed(path);
      return files.readLines(path, wanted, signal);
    },
  };
}
