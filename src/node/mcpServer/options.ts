import type { Desk } from '../../core/mcpServer';
import type { Logger } from '../../core/ports';

export interface ServerOptions {
  /** Opened with the first call: to be ready, a server need not have read a spec. */
  readonly desk: () => Promise<Desk>;
  readonly version: string;
  readonly log: Logger;
}
