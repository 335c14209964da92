/** What went wrong on the wire, as a person reads it: without the SDK's numbers. */
import { StreamableHTTPError } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { OAuthError } from '@modelcontextprotocol/sdk/server/auth/errors.js';
import { McpError } from '@modelcontextprotocol/sdk/types.js';
import { CLOSED } from './wire';

/** Characters of what a server says to its failure: some send a page. */
const MOST_SAID = 300;
const NO_VERSION = /^Server's protocol version is not supported: (.*)$/;

export function wordsOf(error: unknown, server: string): string {
  if (error instanceof StreamableHTTPError) return ofHttp(error, server);
  if (error instanceof McpError) {
    const said = error.message.replace(/^(?:MCP error -?\d+: )+/, '');
    return said === CLOSED ? `“${server}” broke off before it answered.` : `“${server}” says: ${said}`;
  }
  if (error instanceof OAuthError) return ofSignIn(error, server);
  if (error instanceof TypeError && error.message === 'fetch failed') return ofNetwork(error, server);
  // Of whichever version of zod the SDK takes.
  if (error instanceof SyntaxError || (error instanceof Error && 'issues' in error))
    return `“${server}” answered in a form that the protocol forbids.`;
  if (!(error instanceof Error)) return String(error);
  const [, version] = NO_VERSION.exec(error.message) ?? [];
  return version === undefined
    ? error.message
    : `“${server}” speaks a version of the protocol that is not known here: ${version.slice(0, MOST_SAID)}`;
}

/** Not all servers describe what they refuse. */
function ofSignIn({ message, errorCode }: OAuthError, server: string): string {
  return `Signing in to “${server}” failed: ${(message === '' ? errorCode : message).slice(0, MOST_SAID)}`;
}

function ofNetwork({ cause }: Error, server: string): string {
  const why = cause instanceof Error && cause.message !== '' ? `: ${cause.message}` : '.';
  return `“${server}” cannot be reached${why}`;
}

function ofHttp({ code, message }: StreamableHTTPError, server: string): string {
  const said = message.replace(/^Streamable HTTP error: (?:Error POSTing to endpoint: )?/, '').trim();
  const [, type] = /^Unexpected content type: (.*)$/.exec(said) ?? [];
  if (type !== undefined)
    return `“${server}” answered with ${type}, which is nothing of the protocol. Is its address right?`;
  if (code === 404)
    return `“${server}” answers 404: it does not know this address, or this session any more.`;
  return `“${server}” failed (${code})${said === '' ? '.' : `: ${said.slice(0, MOST_SAID)}`}`;
}
