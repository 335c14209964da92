/** Which addresses may be asked. */

/** It begins with a variable: where it leads is known when that is filled in. */
export function isOpen(url: string): boolean {
  return /^(?:[a-z][a-z0-9+.-]*:\/\/)?[^/?#]*\$\{\w/i.test(url);
}

/**
 * Why nobody may be told anything there: it would be read on the way.
 * @param shown As it is written, where its variables are filled in already
 */
export function objectionTo(url: string, shown = url): string | undefined {
  const [, scheme = '', host = ''] =
    /^([a-z][a-z0-9+.-]*):\/\/(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]+)/i.exec(url) ?? [];
  if (scheme === '') return `“${shown}” is no address. Write https://… here.`;
  if (scheme.toLowerCase() === 'https') return undefined;
  const of = url === shown ? '' : ` That is what “${shown}” comes to.`;
  if (scheme.toLowerCase() !== 'http') return `A server is reached by https, not by ${scheme}.${of}`;
  return isLocal(host)
    ? undefined
    : `Only servers on this machine may be reached by http. Write https:// here.${of}`;
}

function isLocal(host: string): boolean {
  return /^(?:localhost|[\w-]+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i.test(host);
}
