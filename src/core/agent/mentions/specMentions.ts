/** `#spec:links` and `#steering:testing`: documents of a specification, the project's standing advice. */
import { later } from '../../later';
import { basename } from '../../util/path';
import { bestMatches } from './match';
import type { MentionKind } from './mention';

export const spec: MentionKind = {
  name: 'spec',
  description: 'The documents of a specification',
  takes: true,
  async choices(query, { specs, root }) {
    const own = specs().filter((each) => each.root === root);
    return bestMatches(
      own.map(({ name }) => name),
      query,
    ).map((argument) => {
      const { done, total } = own.find(({ name }) => name === argument)?.progress ?? { done: 0, total: 0 };
      return { argument, ...(total > 0 ? { detail: `${done} of ${total} tasks` } : {}) };
    });
  },
  async resolve(argument, { specs, root }) {
    const found = specs().find((each) => each.root === root && each.name === argument);
    const texts = found?.documents.flatMap(({ path, text }) =>
      text === undefined ? [] : [`# ${basename(path)}\n\n${text.trim()}`],
    );
    return texts && texts.length > 0 ? texts.join('\n\n') : undefined;
  },
};

const nameOf = (path: string) => path.replace(/^\.kiro\/steering\//, '').replace(/\.md$/, '');

export const steering: MentionKind = {
  name: 'steering',
  description: 'A steering document, also one that is not always included',
  takes: true,
  async choices(query, { files, root }) {
    const { readSteering } = await later.steering();
    const documents = await readSteering(files, root);
    return bestMatches(
      documents.map(({ path }) => nameOf(path)),
      query,
    ).map((argument) => ({ argument }));
  },
  async resolve(argument, { files, root }) {
    const { readSteering } = await later.steering();
    return (await readSteering(files, root)).find(({ path }) => nameOf(path) === argument)?.body;
  },
};
