import { APIConnectionError, APIError } from '@anthropic-ai/sdk/core/error';
import { ModelError, type ModelErrorReason } from '../../core/agent/turn/model';
import { redact } from '../../core/util/redact';
import type { Endpoint } from './endpoint';
import { networkFailure } from './networkFailure';

/** A failed request: what the person is told, and whether it is worth another try. */
export interface ModelFailure {
  readonly error: ModelError;
  readonly retryable: boolean;
  /** What the server asked us to wait. */
  readonly retryAfterMs?: number;
}

export interface FailureContext {
  readonly endpoint: Endpoint;
  readonly model: string;
  readonly apiKey: string | undefined;
  readonly rehearsed: boolean;
  /** Had the answer begun when it failed? */
  readonly answering: boolean;
  readonly now: number;
  /** Words for refusals that only this service knows. */
  readonly advise?: (error: APIError) => string | undefined;
}

/** Says of any error of the client what happened, why and what to do; never with the key. */
export function toModelFailure(error: unknown, context: FailureContext): ModelFailure {
  if (error instanceof ModelError) return { error, retryable: error.reason === 'cut' };
  const cause = sanitized(error, context);
  if (error instanceof APIConnectionError) return networkFailure(error, context, cause);
  if (error instanceof APIError) return serverFailure(error, context, cause);
  if (!context.answering) return networkFailure(error, context, cause);
  const { origin } = context.endpoint;
  if (error instanceof SyntaxError) {
    const message = `The answer of ${origin} could not be read: an event is not JSON. Try again; if it happens again, the server may not speak Anthropic's Messages API.`;
    return { error: new ModelError('malformed', message, cause), retryable: false };
  }
  const message = `The connection to ${origin} broke in the middle of the answer. What came so far is kept; check the network and try again.`;
  return { error: new ModelError('cut', message, cause), retryable: true };
}

const BY_TYPE: Readonly<Record<string, ModelErrorReason>> = {
  authentication_error: 'auth',
  permission_error: 'auth',
  billing_error: 'auth',
  rate_limit_error: 'rateLimit',
  overloaded_error: 'overloaded',
  not_found_error: 'notFound',
  invalid_request_error: 'badRequest',
  request_too_large: 'badRequest',
  // Amazon Bedrock's, in the middle of a stream.
  throttlingException: 'rateLimit',
  serviceUnavailableException: 'overloaded',
  validationException: 'badRequest',
};

function reasonOf({ status, type }: APIError): ModelErrorReason {
  if (status === undefined) return BY_TYPE[type ?? ''] ?? 'server';
  if (status === 401 || status === 402 || status === 403) return 'auth';
  if (status === 404) return 'notFound';
  if (status === 429) return 'rateLimit';
  if (status === 529 || status === 503) return 'overloaded';
  return status >= 500 || status === 408 || status === 409 ? 'server' : 'badRequest';
}

function serverFailure(error: APIError, context: FailureContext, cause: Error): ModelFailure {
  const reason = reasonOf(error);
  const refused = error.headers?.get('x-should-retry') === 'false';
  const transient = reason === 'rateLimit' || reason === 'overloaded' || reason === 'server';
  const retryAfterMs = readRetryAfter(error.headers, context.now);
  return {
    error: new ModelError(reason, context.advise?.(error) ?? messageOf(reason, error, context), cause),
    retryable: transient && !refused,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

function messageOf(reason: ModelErrorReason, error: APIError, context: FailureContext): string {
  const { endpoint, model, apiKey, rehearsed } = context;
  const { origin } = endpoint;
  const said = error.apiMessage ? oneLine(redact(error.apiMessage, [apiKey])) : '';
  if (rehearsed && said) return said;
  const quoted = said ? ` It said: “${said}”` : '';
  switch (reason) {
    case 'auth':
      return authMessage(error, context, quoted);
    case 'notFound':
      return `The server at ${origin} does not know the model “${model}” or does not serve the Messages API. Check the settings “earshot.model” and “earshot.baseUrl”.${quoted}`;
    case 'rateLimit':
      return `The server at ${origin} takes no more requests for now (rate limit). Wait a little and try again.${quoted}`;
    case 'overloaded':
      return `The server at ${origin} is overloaded. Wait a little and try again.${quoted}`;
    case 'server':
      return `The server at ${origin} failed${error.status ? ` (${error.status})` : ''}. Try again in a moment.${quoted}`;
    default:
      return badRequestMessage(error, context, quoted);
  }
}

function authMessage(
  { status }: APIError,
  { endpoint, apiKey, model }: FailureContext,
  quoted: string,
): string {
  if (apiKey === undefined) {
    return `The server at ${endpoint.origin} wants an API key. Set one with “Earshot: Set API Key”.`;
  }
  if (status === 402 || status === 403) {
    return `The server at ${endpoint.origin} does not let this API key use “${model}”. Check the account's plan and permissions, or set another key with “Earshot: Set API Key”.${quoted}`;
  }
  return `The server at ${endpoint.origin} refused the API key. Set another with “Earshot: Set API Key”.`;
}

function badRequestMessage({ status }: APIError, { endpoint }: FailureContext, quoted: string): string {
  if (status !== undefined && status >= 300 && status < 400) {
    return `The server at ${endpoint.origin} sends requests on to another address, which is not followed so that no key goes astray. Put the final address into the setting “earshot.baseUrl”.`;
  }
  if (status === 413) {
    return `The request is too large for the server at ${endpoint.origin}. Start a new session or name fewer files.${quoted}`;
  }
  return `The server at ${endpoint.origin} did not accept the request.${quoted || ' It gave no reason.'} If it happens again, please report it.`;
}

function readRetryAfter(headers: Headers | undefined, now: number): number | undefined {
  const value = headers?.get('retry-after');
  if (!value) return undefined;
  const seconds = Number(value);
  const ms = Number.isNaN(seconds) ? Date.parse(value) - now : seconds * 1000;
  return ms > 0 ? ms : undefined;
}

/** The original error carries headers and bodies; only its redacted words may reach a log. */
function sanitized(error: unknown, { apiKey }: FailureContext): Error {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return new Error(oneLine(redact(text, [apiKey])));
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 300 ? `${line.slice(0, 299)}…` : line;
}
