import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import ipaddr from 'ipaddr.js';

export type Resolve = (host: string) => Promise<readonly LookupAddress[]>;

const ask: Resolve = (host) => lookup(host, { all: true, verbatim: true });

/**
 * The addresses of a host. Rejects when one of them is no public one: a name that leads into the machine or its
 * network, by mistake or by design, is not asked. The connection must go to what is given here and not ask again.
 */
export async function publicAddresses(
  host: string,
  resolve: Resolve = ask,
): Promise<readonly LookupAddress[]> {
  const name = host.replace(/^\[|\]$/g, '');
  const literal = ipaddr.isValid(name);
  const found = literal ? [{ address: name, family: name.includes(':') ? 6 : 4 }] : await resolve(name);
  if (found.length === 0) throw new Error(`${host} has no address.`);
  if (!found.every(({ address }) => isPublic(address)))
    throw new Error(
      `${host} is an address of this machine or of a private network. Only public pages are read.`,
    );
  return found;
}

export function isPublic(address: string): boolean {
  // Without the zone of a link-local address.
  const plain = address.replace(/%.*$/, '');
  if (!ipaddr.isValid(plain)) return false;
  // `::ffff:10.0.0.1` is 10.0.0.1.
  return ipaddr.process(plain).range() === 'unicast';
}
