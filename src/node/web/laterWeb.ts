import type { WebAccess } from '../../core/agent/webAccess';

/** Loaded with the first page: most windows read none. */
export function laterWebPages(): WebAccess {
  let pages: Promise<WebAccess> | undefined;
  return {
    async fetch(url, signal) {
      pages ??= import('./webPages').then(({ createWebPages }) => createWebPages());
      return (await pages).fetch(url, signal);
    },
  };
}
