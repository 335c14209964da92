/** `#spec:links`: documents of a specification. */
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
