/** Which tasks are chosen, as the value of an option. Pure. */
import type { RunChoices } from '../../protocol/run';

type Chosen = RunChoices['selection'];

export function optionOf(selection: Chosen): string {
  switch (selection.kind) {
    case 'covering':
      return `covering:${selection.requirement}`;
    case 'from':
      return `from:${selection.key}`;
    default:
      return selection.kind;
  }
}

export function selectionOf(value: string): Chosen {
  const [kind, ...rest] = value.split(':');
  const of = rest.join(':');
  if (kind === 'covering' && of !== '') return { kind, requirement: of };
  if (kind === 'from' && of !== '') return { kind, key: of };
  return { kind: kind === 'all' ? 'all' : 'required' };
}
