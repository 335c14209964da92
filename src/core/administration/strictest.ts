import type { Policy } from './policy';

/** What holds while nobody knows what should. */
export const STRICTEST: Policy = {
  models: { allow: [] },
  mcp: 'off',
  autonomy: 'ask',
  hooks: 'off',
  web: 'off',
  sandbox: 'required',
};
