/** Tells a run's log when one of its sessions waits for the person's word, and when it has it. */
import type { Sessions } from '../../agent/session/sessions';
import type { Person } from '../../ports';
import type { Disposable } from '../../util/disposable';
import type { LiveRun } from './liveRun';

export function watchNeeds(
  run: LiveRun,
  sessions: Pick<Sessions, 'get' | 'isLive' | 'onDidChange'>,
  person: Pick<Person, 'present'>,
): Disposable {
  /** The session that the run says it waits for. */
  let told: string | undefined;

  function waits(id: string): boolean {
    if (!sessions.isLive(id) || !person.present) return false;
    return (sessions.get(id)?.items ?? []).some((item) => item.type === 'tool' && item.status === 'asking');
  }

  return sessions.onDidChange((id) => {
    const isOurs = run.state.tasks.some((task) => task.sessions.some((session) => session.id === id));
    if (!isOurs) return;
    if (told === undefined && waits(id)) {
      told = id;
      run.append({ type: 'run.needs', need: { kind: 'permission', session: id } });
    } else if (told === id && !waits(id)) {
      told = undefined;
      run.append({ type: 'run.answered', answer: 'permission' });
    }
  });
}
