// For programs that would listen at all addresses of the machine: at 127.0.0.1 alone, and it says at which port.
import dns from 'node:dns';
import { Server } from 'node:net';

const HERE = '127.0.0.1';
const { lookup } = dns;
// At once: some ask for their port in the next line.
dns.lookup = (name, ...rest) => {
  if (name === HERE && rest.length === 1) rest[0](null, HERE, 4);
  else lookup(name, ...rest);
};

const { listen } = Server.prototype;
Server.prototype.listen = function (port, ...rest) {
  if (typeof port === 'object') return listen.call(this, port, ...rest);
  this.once('listening', () => console.error(`Here: http://${HERE}:${this.address().port}`));
  return listen.call(this, Number(port), HERE, ...rest);
};
