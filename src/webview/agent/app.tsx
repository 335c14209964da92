/** The agent view: one session as it happens, or as it was. */
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { AgentModel } from '../../protocol/agent';
import type { AgentActs } from './agentActs';
import { Announcer } from './announcer';
import { EmptyAgent, OffLine } from './emptyAgent';
import { Foot } from './foot';
import type { Live } from './live';
import { Log } from './log';
import { SessionHead } from './sessionHead';

export interface AgentAppProps {
  readonly model: AgentModel;
  readonly live: Live;
  readonly acts: AgentActs;
}

export function AgentApp({ model, live, acts }: AgentAppProps): JSX.Element {
  const root = useRef<HTMLDivElement>(null);
  useCallKeys(root);
  const { session } = model;
  return (
    <div class="agent" ref={root}>
      <Announcer session={session} />
      {session ? (
        <>
          <SessionHead session={session} sessions={model.sessions} acts={acts} />
          <Log key={session.id} session={session} live={live} blocked={model.off} acts={acts} />
          <OffLine model={model} acts={acts} />
          <Foot session={session} autonomy={model.autonomy} acts={acts} />
        </>
      ) : (
        <EmptyAgent model={model} acts={acts} />
      )}
    </div>
  );
}

const DELTAS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

/** Alt+Up and Alt+Down go between calls and questions; Space opens, as on any button. */
function useCallKeys(root: { readonly current: HTMLDivElement | null }): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const delta = event.altKey ? DELTAS[event.key] : undefined;
      const next = delta !== undefined && root.current ? nextStop(root.current, delta) : undefined;
      if (!next) return;
      event.preventDefault();
      next.focus();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}

/** From outside of all of them: the last, the one that is looked at. */
function nextStop(root: HTMLElement, delta: number): HTMLElement | undefined {
  const stops = [...root.querySelectorAll<HTMLElement>('[data-call], [data-act="once"]')];
  const current = document.activeElement?.closest('.call, .question');
  const at = current ? stops.findIndex((stop) => current.contains(stop)) : -1;
  return at < 0 ? stops.at(-1) : stops[at + delta];
}
