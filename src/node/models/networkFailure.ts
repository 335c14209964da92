import { ModelError } from '../../core/agent/turn/model';
import { errorCode } from '../toFileError';
import type { FailureContext, ModelFailure } from './modelFailure';

/** A request that got no answer: says why, as far as the system knows. */
export function networkFailure(error: unknown, { endpoint }: FailureContext, cause: Error): ModelFailure {
  const code = innermostCode(error);
  const { text, retryable } = explain(code, endpoint.origin);
  return { error: new ModelError('network', text, cause), retryable };
}

function explain(
  code: string | undefined,
  origin: string,
): { readonly text: string; readonly retryable: boolean } {
  switch (code) {
    case 'ECONNREFUSED':
      return {
        text: `Nothing answers at ${origin} (connection refused). Start the server, or correct the setting “earshot.baseUrl”.`,
        retryable: true,
      };
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return {
        text: `The address ${origin} could not be found. Check the network connection and the setting “earshot.baseUrl”.`,
        retryable: true,
      };
    case 'CERT_HAS_EXPIRED':
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return {
        text: `The certificate of ${origin} is not trusted (${code}). Behind a company proxy, add its certificate with the environment variable NODE_EXTRA_CA_CERTS.`,
        retryable: false,
      };
    default:
      return {
        text: `The connection to ${origin} failed${code ? ` (${code})` : ''}. Check the network connection, a proxy or VPN, and try again.`,
        retryable: true,
      };
  }
}

/** The client wraps the system's error several times. */
function innermostCode(error: unknown): string | undefined {
  let code: string | undefined;
  for (let each = error, depth = 0; each instanceof Error && depth < 6; each = nextCause(each), depth++) {
    code = errorCode(each) ?? code;
  }
  return code;
}

function nextCause(error: Error): unknown {
  return error instanceof AggregateError ? error.errors[0] : error.cause;
}
