/** Names for the events of a run's log, which are the same in each life: what happened to which task, for the how manieth time. */
import { readRunLog } from '../../src/core/tasks/run/runLog';

export function eventNames(log: string): readonly string[] {
  const times = new Map<string, number>();
  return readRunLog(log).map((event) => {
    const what = [
      event.type,
      'task' in event ? event.task : '',
      'command' in event ? event.command : '',
      'when' in event ? event.when : '',
    ];
    const name = what.filter((part) => part !== '').join(' ');
    const nth = (times.get(name) ?? 0) + 1;
    times.set(name, nth);
    return `${name} #${nth}`;
  });
}
