/** What is photographed. */
import type { Page } from 'playwright-core';
import { agentShots } from './agentShots';
import { changesShots } from './changesShots';
import { mcpShots } from './mcpShots';
import type { ViewName } from './page';
import { reviewShots } from './reviewShots';
import { runShots } from './runShots';
import type { ThemeName } from './themes';
import { traceShots } from './traceShots';

export interface Shot {
  readonly name: string;
  readonly view: ViewName;
  readonly theme: ThemeName;
  readonly width: number;
  readonly height: number;
  readonly messages: readonly unknown[];
  readonly kept?: unknown;
  /** Milliseconds before the picture. */
  readonly wait?: number;
  /** Leaves animations as they are at that moment. */
  readonly moving?: boolean;
  readonly prepare?: (page: Page) => Promise<void>;
}

export const shots: readonly Shot[] = [
  ...reviewShots,
  ...traceShots,
  ...runShots,
  ...agentShots,
  ...changesShots,
  ...mcpShots,
];
