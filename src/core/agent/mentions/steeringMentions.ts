/** `#steering:testing`, or `/testing` at the beginning: a steering document or a skill, also one that is not always included. */
import { later } from '../../later';
import type { Guidance } from '../../steering/model';
import { bestMatches } from './match';
import type { MentionContext, MentionKind } from './mention';
import { type Mention, slashName } from './mentionText';

const WHEN: Readonly<Record<string, string>> = {
  always: 'always included',
  fileMatch: 'included for its files',
  manual: 'included when you name it',
};

async function known({ files, root, kiroHome }: MentionContext): Promise<readonly Guidance[]> {
  const { effective, findGuidance } = await later.steering();
  const read = await findGuidance({ files, root, kiroHome });
  return effective(read.map(({ guidance }) => guidance));
}

export const steering: MentionKind = {
  name: 'steering',
  description: 'A steering document or a skill, also one that is not always included',
  takes: true,
  async choices(query, context) {
    const all = await known(context);
    const names = bestMatches(
      all.map(({ name }) => name),
      query,
    );
    return names.map((argument) => {
      const found = all.find(({ name }) => name === argument);
      const detail = found?.description ?? WHEN[found?.inclusion ?? ''];
      return { argument, ...(detail === undefined ? {} : { detail }) };
    });
  },
  async resolve(argument, context) {
    const { named, tell } = await later.steering();
    const all = await known(context);
    const found = all.find(({ label }) => label === argument) ?? named(all, argument);
    return found && (await tell(found, { root: context.root, reading: await context.reading() })).text;
  },
};

/** A message that begins with the name of a document or a skill: what stands behind is said with it. */
export async function calledGuidance(text: string, context: MentionContext): Promise<readonly Mention[]> {
  const called = slashName(text);
  if (!called) return [];
  const { named } = await later.steering();
  const found = named(await known(context), called.name);
  if (!found) return [];
  return [{ text: called.written, kind: steering.name, argument: found.name, start: text.indexOf('/') }];
}
