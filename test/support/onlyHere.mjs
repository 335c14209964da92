// For servers that would listen at all addresses of the machine: at 127.0.0.1 alone, and it says at which port.
import { Server } from 'node:net';

const { listen } = Server.prototype;
Server.prototype.listen = function (port, ...rest) {
  if (typeof port === 'object') return listen.call(this, port, ...rest);
  this.once('listening', () => console.error(`Here: http://127.0.0.1:${this.address().port}`));
  return listen.call(this, Number(port), '127.0.0.1', ...rest);
};
