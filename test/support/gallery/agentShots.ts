import type { Shot } from './shots';
export const agentShots: readonly Shot[] = [];
