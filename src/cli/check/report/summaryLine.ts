import type { Summary } from './report';

/** `2 errors, 1 warning, 12 infos in 25 specs; 3 set aside.` */
export function summaryLine({ specs, errors, warnings, infos, hints, suppressed }: Summary): string {
  const counted = [
    count(errors, 'error'),
    count(warnings, 'warning'),
    count(infos, 'info'),
    count(hints, 'hint'),
  ].filter((words) => !words.startsWith('0 '));
  const found = counted.length === 0 ? 'nothing found' : counted.join(', ');
  const aside = suppressed === 0 ? '' : `; ${suppressed} set aside with a reason`;
  return `${found} in ${count(specs, 'spec')}${aside}.`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
