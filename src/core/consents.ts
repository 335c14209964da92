/**
 * What the person agreed to let run on this machine, by exact content: a hook as it stands, a check's command,
 * an unapproved spec. A changed content asks again. Kept under `~/.earshot`, never in a repository.
 */
import type { Home } from './home';
import type { Ports, Question, QuestionKind } from './ports';
import { type AbortSignal, Cancelled } from './util/abort';
import { parseJsonLines } from './util/jsonLines';

export type ConsentKind = QuestionKind;

export interface Consents {
  has(kind: ConsentKind, root: string, content: string): Promise<boolean>;
  grant(kind: ConsentKind, root: string, content: string): Promise<void>;
  /**
   * Asks unless already granted; remembers a yes, which is the first answer. Where a “no” is among the answers, dismissing the question is none of them: rejects with `Cancelled`.
   */
  obtain(
    kind: ConsentKind,
    root: string,
    content: string,
    question: Omit<Question, 'kind'>,
    signal?: AbortSignal,
  ): Promise<boolean>;
}

interface ConsentRecord {
  readonly v: 1;
  readonly key: string;
  readonly kind: ConsentKind;
  readonly root: string;
  readonly at: number;
}

export function createConsents(
  ports: Pick<Ports, 'files' | 'hasher' | 'clock' | 'person'>,
  home: Home,
): Consents {
  const keyOf = (kind: ConsentKind, root: string, content: string) =>
    ports.hasher.sha256(JSON.stringify([kind, root, content]));

  // Read afresh each time: the CLI and other windows write the same file.
  async function has(kind: ConsentKind, root: string, content: string): Promise<boolean> {
    const key = keyOf(kind, root, content);
    const { values } = parseJsonLines((await ports.files.readText(home.consents)) ?? '');
    return values.some((value) => (value as Partial<ConsentRecord> | null)?.key === key);
  }

  async function grant(kind: ConsentKind, root: string, content: string): Promise<void> {
    const record: ConsentRecord = {
      v: 1,
      key: keyOf(kind, root, content),
      kind,
      root,
      at: ports.clock.now(),
    };
    await ports.files.appendLines(home.consents, `${JSON.stringify(record)}\n`);
  }

  return {
    has,
    grant,
    async obtain(kind, root, content, question, signal) {
      if (await has(kind, root, content)) return true;
      const answer = await ports.person.ask({ ...question, kind }, signal);
      if (answer === undefined && question.answers.length > 1) throw new Cancelled();
      if (answer !== question.answers[0]?.id) return false;
      await grant(kind, root, content);
      return true;
    },
  };
}
