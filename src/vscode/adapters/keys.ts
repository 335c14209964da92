/** API keys, in the editor's SecretStorage, one for each origin: a key never goes to another server. */
import type * as vscode from 'vscode';
import { Emitter, type Event } from '../../core/util/event';

export const ANTHROPIC = 'https://api.anthropic.com';

export interface Keys {
  /** Undefined when there is none. `ANTHROPIC_API_KEY` counts for Anthropic's own origin only. */
  get(origin: string): Promise<string | undefined>;
  set(origin: string, key: string): Promise<void>;
  remove(origin: string): Promise<void>;
  readonly onDidChange: Event<void>;
}

export function createKeys(secrets: vscode.SecretStorage): Keys & vscode.Disposable {
  const changed = new Emitter<void>();
  const listener = secrets.onDidChange(() => changed.fire());
  const nameOf = (origin: string) => `earshot.key:${origin}`;
  return {
    async get(origin) {
      return (
        (await secrets.get(nameOf(origin))) ??
        (origin === ANTHROPIC ? process.env.ANTHROPIC_API_KEY || undefined : undefined)
      );
    },
    async set(origin, key) {
      await secrets.store(nameOf(origin), key);
    },
    async remove(origin) {
      await secrets.delete(nameOf(origin));
    },
    onDidChange: changed.event,
    dispose() {
      listener.dispose();
      changed.dispose();
    },
  };
}

/** `https://host:port` of an address; undefined for one that is no http address. */
export function originOf(address: string): string | undefined {
  try {
    const url = new URL(address);
    return url.protocol === 'http:' || url.protocol === 'https:' ? url.origin : undefined;
  } catch {
    return undefined;
  }
}
