/** What mends references, boxes and waves of a task list. */
import { takeOut } from '../../../spec/edits/takeOut';
import type { SpecDocuments } from '../../../spec/model';
import type { Mend } from '../../rule';
import { rewrite } from '../rewrite';

const DONE = /[✓✔√☑✅xX]|^\[[vV]\]$/u;
const ENDS = /^(\S+?)\s*(?:-|–|—|to|through)\s*(\S+)$/i;

/** The box that is probably meant first. */
export const readableState: Mend = ({ range }, { text }) => {
  const isDone = DONE.test(text.slice(range.start, range.end));
  return (isDone ? ['[x]', '[ ]'] : ['[ ]', '[x]']).map((newText) =>
    rewrite(`Write ${newText}`, false, [{ range, newText }]),
  );
};

/** `1.4-2.2` → `1.4-1.6, 2.1-2.2`; where nobody knows what lies between, its two ends, which alone were counted. */
export const listedRange: Mend = ({ range }, { text }, documents) => {
  const [, first = '', last = ''] = ENDS.exec(text.slice(range.start, range.end).trim()) ?? [];
  if (first === '' || last === '') return [];
  const newText = between(documents, first, last) ?? `${first}, ${last}`;
  return [rewrite(`Write ${newText}`, false, [{ range, newText }])];
};

function between({ requirements }: SpecDocuments, first: string, last: string): string | undefined {
  const ids = requirements?.requirements.flatMap(({ id, criteria }) =>
    criteria.map((criterion) => ({ requirement: id, id: criterion.id })),
  );
  const from = ids?.findIndex(({ id }) => id === first) ?? -1;
  const to = ids?.findIndex(({ id }) => id === last) ?? -1;
  if (ids === undefined || from === -1 || to < from) return undefined;
  const groups = new Map<string, string[]>();
  for (const { requirement, id } of ids.slice(from, to + 1))
    groups.set(requirement, [...(groups.get(requirement) ?? []), id]);
  return [...groups.values()]
    .map((group) => (group.length === 1 ? group[0] : `${group[0]}-${group.at(-1)}`))
    .join(', ');
}

/** The first wave counts, so that nothing changes but the words. */
export const onceInWaves: Mend = ({ range }, { text }) => [
  rewrite('Take it out of this wave', true, [takeOut(text, range)]),
];

/** The waves that could be read, as JSON; not where a number of the text is in none of them. */
export const readableWaves: Mend = ({ range }, document) => {
  if (document.kind !== 'tasks') return [];
  const { text, waves } = document;
  const fence = document.blocks.find(
    (block) => block.kind === 'fence' && block.range.start <= range.start && range.start <= block.range.end,
  );
  if (fence?.kind !== 'fence' || waves.length === 0) return [];
  const body = text.slice(fence.body.start, fence.body.end);
  const read = waves.flatMap(({ tasks }) => tasks.flatMap(({ ids }) => ids));
  const written = [...body.matchAll(/"(\d+(?:\.\d+)*)"/g)].map(([, id]) => id);
  if (written.length !== read.length) return [];
  const entries = waves.map(({ name, tasks }, id) => {
    const words = name === undefined ? '' : `"name": ${JSON.stringify(name)}, `;
    const ids = tasks.flatMap((task) => task.ids.map((each) => `"${each}"`));
    return `{"id": ${id}, ${words}"tasks": [${ids.join(', ')}]}`;
  });
  const end = /\s*$/.exec(body)?.[0] ?? '';
  const newText = `{"waves": [${entries.join(', ')}]}${end}`;
  return [rewrite('Write what can be read of it', false, [{ range: fence.body, newText }])];
};
