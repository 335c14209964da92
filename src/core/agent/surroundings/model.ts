/**
 * What stands around a session beside the tools of its own: steering, skills, servers of tools, hooks, custom agents.
 * Each area of the product is one `Surround`; a session asks all of them once, when it begins, so that its requests share
 * their beginning.
 */
import type { Spec } from '../../spec/model';
import type { AbortSignal } from '../../util/abort';
import type { AgentProfile } from '../profiles/model';
import type { Session } from '../session/sessions';
import type { Tool, ToolOutcome } from '../tool';
import type { Attachment } from '../turn/attachments';
import type { ModelEnd } from '../turn/turnLoop';
import type { Role } from './roles';

export interface Occasion {
  readonly session: Session;
  readonly role: Role;
  /** The workspace folder: its rules, its steering, its hooks. */
  readonly root: string;
  /** Where it works: that folder, or a copy of it. */
  readonly place: string;
  /** What it works on. */
  readonly spec: Spec | undefined;
  /** The custom agent that it is. */
  readonly profile?: AgentProfile;
}

/** A call of a tool, as the model made it. */
export interface ToolCall {
  readonly id: string;
  readonly name: string;
  readonly input: unknown;
}

/** The person's words, kept back. */
export interface Refused {
  /** What a person should read. */
  readonly refused: string;
}

/**
 * What happens around the steps of a conversation. What is added is in the log with the step, so a resumed session says
 * what it would have said. Rejects only when the session is to end.
 */
export interface TurnEvents {
  /**
   * Before the first words of a session: what is attached to them.
   * @param prompt what it is to do, where nobody but the program says it
   */
  begun?(signal: AbortSignal, prompt?: string): Promise<readonly Attachment[]>;
  /** For all that a person says: what is attached to it, or why it is not said to the model. */
  said?(text: string, signal: AbortSignal): Promise<readonly Attachment[] | Refused>;
  /** A valid call, before anybody is asked to allow it: why it does not run. */
  before?(call: ToolCall, signal: AbortSignal): Promise<string | undefined>;
  /** What is added to the result that the model reads. */
  after?(call: ToolCall, outcome: ToolOutcome, signal: AbortSignal): Promise<string | undefined>;
  /** The model thinks that it is done: what is said to it, undefined where nothing is. Its own limits are its affair. */
  stopping?(end: ModelEnd, signal: AbortSignal): Promise<string | undefined>;
}

export interface Surroundings {
  /** Standing advice, each a part of the prompt. */
  readonly advice: readonly string[];
  /** Beside those of the role. */
  readonly tools: readonly Tool[];
  readonly events: readonly TurnEvents[];
}

/** One area's part. A failure is told in the log and leaves the part out. */
export type Surround = (occasion: Occasion) => Promise<Partial<Surroundings>>;
