import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser';
import type { Finding, SpecConfig } from './model';

const EMPTY: SpecConfig = {
  specId: undefined,
  workflowType: undefined,
  specType: undefined,
  quick: false,
  properties: true,
};
const ADVICE = 'Correct it by hand, or delete the file: what it says can be told from the documents.';

/**
 * Reads `.config.kiro`. Keys that are missing, of another type or unknown count as absent; a text that is not
 * a JSON object gives an empty configuration and a finding. An empty text is an absent file.
 */
export function parseConfig(text: string): {
  readonly config: SpecConfig;
  readonly findings: readonly Finding[];
} {
  const json = text.replace(/^\uFEFF/, ' ');
  if (json.trim() === '') return { config: EMPTY, findings: [] };
  const plain = parsed(json);
  if (isObject(plain)) return { config: readKeys(plain), findings: [] };
  const errors: ParseError[] = [];
  const value: unknown = nestingOf(json) > 1000 ? undefined : parse(json, errors, { disallowComments: true });
  const error = errors[0];
  if (error !== undefined) return { config: readKeys(value), findings: [malformed(text, error)] };
  const range = { start: 0, end: text.length };
  const message = `.config.kiro should hold one JSON object such as {"specType": "feature"}. ${ADVICE}`;
  return { config: EMPTY, findings: [{ rule: 'malformed-config', message, range }] };
}

/** Undefined for what is no JSON: then the slower parser tells what is wrong, and where. */
function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The parser recurses; brackets without end would exhaust the stack. */
function nestingOf(json: string): number {
  return json.replace(/[^[{]+/g, '').length;
}

function readKeys(value: unknown): SpecConfig {
  if (typeof value !== 'object' || value === null) return EMPTY;
  const keys = value as Readonly<Record<string, unknown>>;
  const { specId, workflowType, specType, earshot } = keys;
  const own = isObject(earshot) ? earshot : {};
  return {
    specId: typeof specId === 'string' ? specId : undefined,
    workflowType: typeof workflowType === 'string' ? workflowType : undefined,
    specType: specType === 'feature' || specType === 'bugfix' ? specType : undefined,
    quick: own.quick === true,
    properties: own.properties !== false,
  };
}

function malformed(text: string, error: ParseError): Finding {
  const before = text.slice(0, error.offset).split(/\r\n|\r|\n/);
  const place = `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
  const what = printParseErrorCode(error.error)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
  const start = Math.min(error.offset, text.length);
  return {
    rule: 'malformed-config',
    message: `.config.kiro is not valid JSON: ${what} at ${place}. ${ADVICE}`,
    range: { start, end: Math.min(start + Math.max(error.length, 1), text.length) },
  };
}
