/** What a model can do, as far as somebody tells: its server's list, else what is published of the model. */
import { EFFORTS } from '../../core/modelSettings';

export interface Abilities {
  /** Tokens that a request may have, and an answer. */
  readonly context?: number;
  /** `context` is what it runs with, not what it was made for. */
  readonly isLoaded?: true;
  readonly answer?: number;
  readonly images?: boolean;
  readonly thinking?: boolean;
  /** Of `earshot.effort`, from the least; none: it takes no such wish. */
  readonly efforts?: readonly string[];
  readonly tools?: boolean;
  readonly caching?: boolean;
  /** The day from which it is gone: `2027-01-31`. */
  readonly retires?: string;
  /** It makes vectors of texts, or the like: no model to talk with. */
  readonly silent?: true;
}

/**
 * From an entry of a list of models, in whichever of the forms that servers have: Anthropic’s, llama.cpp’s, LM Studio’s,
 * vLLM’s, OpenRouter’s, Mistral’s, or Ollama’s answer about one model. What it does not tell is left out.
 */
export function readAbilities(entry: unknown): Abilities {
  const of = (...path: readonly string[]) => dig(entry, path);
  const has = (...names: readonly string[]) => supports(of('capabilities'), names);
  const takes = (name: string) => holds(of('supported_parameters'), name);
  const isVision = of('type') === 'vlm' ? true : of('type') === 'llm' ? false : undefined;
  return {
    ...told('context', number(...CONTEXT.map((path) => of(...path)), ollamaContext(of('model_info')))),
    ...told('isLoaded', number(...RUNS_WITH.map((path) => of(...path))) === undefined ? undefined : true),
    ...told('answer', number(of('max_tokens'), of('top_provider', 'max_completion_tokens'))),
    ...told(
      'images',
      has('image_input', 'vision', 'multimodal') ??
        holds(of('architecture', 'input_modalities'), 'image') ??
        isVision,
    ),
    ...told('thinking', has('thinking') ?? takes('reasoning')),
    ...told('efforts', effortsOf(of('capabilities', 'effort'))),
    ...told('tools', has('tools', 'tool_use', 'trained_for_tool_use', 'function_calling') ?? takes('tools')),
    ...told('retires', of('lifecycle') === 'deprecated' ? dayOf(of('retires_at')) : undefined),
    ...told('silent', isSilent(of('type'), of('capabilities')) ? true : undefined),
  };
}

/** Of Claude as published in November 2026 (platform.claude.com, “Models”), where no list tells; nothing of any other. */
export function knownAbilities(model: string): Abilities {
  const name = model.replace(/-\d{8}$/, '');
  if (!/^claude-(fable|haiku|mythos|opus|sonnet)-[45]/.test(name)) return {};
  return {
    ...told('context', LARGE.test(name) ? 1_000_000 : SMALLER.test(name) ? 200_000 : undefined),
    ...{ images: true, thinking: true, tools: true, caching: true },
  };
}

const LARGE = /^claude-(fable-5(-1)?|opus-5(-5)?|opus-4-[67]|sonnet-5(-5)?|sonnet-4-6|haiku-5-5)$/;
const SMALLER = /^claude-(opus-4(-[015])?|sonnet-4(-[05])?|haiku-4-5)$/;

const RUNS_WITH = [['max_input_tokens'], ['meta', 'n_ctx'], ['loaded_context_length'], ['max_model_len']];

/** Where lists have it, the surest first: what the server was started with comes before what the model was made for. */
const CONTEXT: readonly (readonly string[])[] = [
  ...RUNS_WITH,
  ['context_length'],
  ['context_window'],
  ['max_context_length'],
  ['meta', 'n_ctx_train'],
];

function told<Name extends keyof Abilities>(name: Name, value: Abilities[Name] | undefined): Abilities {
  return value === undefined ? {} : { [name]: value };
}

function dig(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, name) =>
      typeof inner === 'object' && inner !== null
        ? Object.entries(inner).find(([key]) => key === name)?.[1]
        : undefined,
    value,
  );
}

function number(...values: readonly unknown[]): number | undefined {
  return values.find((value): value is number => typeof value === 'number' && value > 0);
}

/** By any of its names. Ollama’s list, in which `completion` stands, names all that there is; other lists are not so complete. */
function supports(capabilities: unknown, names: readonly string[]): boolean | undefined {
  if (Array.isArray(capabilities)) {
    if (names.some((name) => capabilities.includes(name))) return true;
    return capabilities.includes('completion') ? false : undefined;
  }
  for (const name of names) {
    const value = dig(capabilities, [name]);
    const supported = typeof value === 'boolean' ? value : dig(value, ['supported']);
    if (typeof supported === 'boolean') return supported;
  }
  return undefined;
}

function holds(list: unknown, name: string): boolean | undefined {
  return Array.isArray(list) ? list.includes(name) : undefined;
}

/** `llama.context_length`: by the name of the architecture. */
function ollamaContext(info: unknown): unknown {
  if (typeof info !== 'object' || info === null) return undefined;
  return Object.entries(info).find(([key]) => /^[^.]+\.context_length$/.test(key))?.[1];
}

function effortsOf(effort: unknown): readonly string[] | undefined {
  const supported = dig(effort, ['supported']);
  if (supported === false) return [];
  if (supported !== true) return undefined;
  return EFFORTS.filter((name) => dig(effort, [name, 'supported']) === true);
}

function dayOf(time: unknown): string | undefined {
  return typeof time === 'string' ? /^\d{4}-\d\d-\d\d/.exec(time)?.[0] : undefined;
}

function isSilent(type: unknown, capabilities: unknown): boolean {
  if (type === 'embeddings' || type === 'embedding') return true;
  return holds(capabilities, 'embedding') === true && holds(capabilities, 'completion') === false;
}
