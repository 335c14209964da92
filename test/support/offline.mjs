// For programs that must not leave this machine: other hosts are not found, other addresses not reached. Each try is told.
import dns from 'node:dns';
import { isIP, Socket } from 'node:net';

const LOCAL = /^(?:localhost|127\.\d+\.\d+\.\d+|::1|)$/;
const refuse = (host) => {
  console.error(`It asked for ${host}, which is not this machine.`);
  return Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), { code: 'ENOTFOUND', hostname: host });
};

const { lookup } = dns;
dns.lookup = (host, ...rest) => {
  if (LOCAL.test(host)) lookup(host, ...rest);
  else process.nextTick(rest.at(-1), refuse(host));
};
const later = dns.promises.lookup;
dns.promises.lookup = async (host, ...rest) => {
  if (!LOCAL.test(host)) throw refuse(host);
  return later(host, ...rest);
};

const { connect } = Socket.prototype;
Socket.prototype.connect = function (...args) {
  const [options] = Array.isArray(args[0]) ? args[0] : args;
  const host = typeof options === 'object' && options !== null ? (options.host ?? '') : '';
  if (isIP(host) === 0 || LOCAL.test(host)) return connect.apply(this, args);
  process.nextTick(() => this.destroy(refuse(host)));
  return this;
};
