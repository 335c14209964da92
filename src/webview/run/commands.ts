/** Carries out what keys ask for. */

import type { RunAct, RunPanelModel } from '../../protocol/run';
import { takeFocus } from '../shared/focus';
import type { RunHost } from './app';
import type { KeyCommand } from './keys';
import { canStop, moveFrom } from './tasks';

export interface RunContext {
  readonly model: RunPanelModel;
  /** The chosen task. */
  readonly task: string | undefined;
  readonly hint: string;
  readonly host: RunHost;
  readonly choose: (task: string) => void;
  readonly send: () => void;
  readonly start: () => void;
  readonly showKeys: () => void;
}

export function focusRow(task: string | undefined): void {
  const row =
    task === undefined ? null : document.querySelector<HTMLElement>(`[data-nav="${CSS.escape(task)}"]`);
  takeFocus(row);
}

function focusOn(selector: string): boolean {
  const found = document.querySelector<HTMLElement>(selector);
  takeFocus(found);
  return found !== null;
}

/** False where there was nothing to do: the key is then somebody else's. */
export function runCommand(context: RunContext, command: KeyCommand): boolean {
  const { model, task, host } = context;
  switch (command.do) {
    case 'move': {
      const next = moveFrom(model.waves, task, command.direction);
      if (next === undefined) return false;
      context.choose(next);
      // Once it is drawn as chosen: only that row can have the focus.
      requestAnimationFrame(() => focusRow(next));
      return true;
    }
    case 'detail':
      return focusOn('[data-focus="detail"]');
    case 'retry':
      return focusOn('[data-focus="hint"]');
    case 'send':
      if (model.plan) context.start();
      else context.send();
      return true;
    case 'pause':
      return pause(model, host);
    case 'stop':
      if (!canStop(model)) return false;
      host.channel.post({ type: 'run', act: 'stop' });
      return true;
    case 'line':
      if (task !== undefined) host.channel.post({ type: 'task', act: 'line', task });
      return true;
    case 'changes':
    case 'restore':
    case 'skip':
    case 'evidence':
    case 'session':
      return act(context, command.do);
    case 'keys':
      context.showKeys();
      return true;
    case 'escape':
      focusRow(task);
      return true;
  }
}

function act({ model, task, host }: RunContext, which: RunAct): boolean {
  if (task === undefined || model.detail?.task !== task || !model.detail.acts.includes(which)) return false;
  host.channel.post({ type: 'task', act: which, task });
  return true;
}

function pause({ status }: RunPanelModel, { channel }: RunHost): boolean {
  if (status === 'running' || status === 'needsYou') channel.post({ type: 'run', act: 'pause' });
  else if (status === 'paused' || status === 'interrupted') channel.post({ type: 'run', act: 'goOn' });
  else return false;
  return true;
}
