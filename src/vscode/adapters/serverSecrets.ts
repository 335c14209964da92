import type * as vscode from 'vscode';
import type { SecretStore } from '../../node/mcp/laterMcp';

/** Tokens of servers, where the editor keeps secrets. */
export function createServerSecrets(secrets: vscode.SecretStorage): SecretStore {
  const keyOf = (key: string) => `earshot.${key}`;
  return {
    get: async (key) => secrets.get(keyOf(key)),
    async set(key, value) {
      if (value === undefined) await secrets.delete(keyOf(key));
      else await secrets.store(keyOf(key), value);
    },
  };
}
