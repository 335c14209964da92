/** Which words of a document have which role: what an editor colours. */
import type { ClauseRole } from '../ears/model';
import type { DocumentKind, RequirementsDocument, SpecDocuments } from '../spec/model';
import { mentionsOf } from '../spec/references/mentions';
import { flattenTasks } from '../spec/tasks/taskTree';
import type { TextRange } from '../util/textRange';

/** The names that package.json contributes. */
export const TOKEN_TYPES = [
  'earsKeyword',
  'earsModal',
  'earsCondition',
  'earsSystem',
  'specId',
  'specTerm',
  'specState',
] as const;
export type TokenType = (typeof TOKEN_TYPES)[number];

export interface Token {
  readonly range: TextRange;
  readonly type: TokenType;
}

const CONDITIONS = new Set<ClauseRole>(['where', 'while', 'when', 'if', 'quantifier']);

/** In the order of the text, not overlapping, each within one line. */
export function tokensOf(documents: SpecDocuments, kind: DocumentKind): readonly Token[] {
  const { requirements, design, tasks } = documents;
  const document = [requirements, design, tasks].find((each) => each?.kind === kind);
  if (document === undefined) return [];
  const tokens: Token[] = mentionsOf(documents)
    .filter((mention) => mention.document === kind)
    .map(({ range, kind: what }) => ({ range, type: what === 'term' ? 'specTerm' : 'specId' }));
  if (document.kind === 'tasks')
    tokens.push(
      ...flattenTasks(document.tasks).map(
        ({ stateRange }): Token => ({ range: stateRange, type: 'specState' }),
      ),
    );
  if (document.kind === 'requirements' || document.kind === 'bugfix') tokens.push(...clauseTokens(document));
  return singleLines(document.text, settle(tokens));
}

function clauseTokens({ requirements }: RequirementsDocument): readonly Token[] {
  return requirements.flatMap(({ criteria }) =>
    criteria.flatMap(({ clauses }) =>
      clauses.flatMap(({ role, keywordRange, range }): readonly Token[] => {
        const keyword: Token = {
          range: keywordRange,
          type: role === 'response' ? 'earsModal' : 'earsKeyword',
        };
        if (role === 'system') return [keyword, { range, type: 'earsSystem' }];
        return CONDITIONS.has(role) ? [keyword, { range, type: 'earsCondition' }] : [keyword];
      }),
    ),
  );
}

/** What lies in a longer token cuts it in pieces: a term inside a condition. */
function settle(tokens: readonly Token[]): readonly Token[] {
  const sorted = tokens
    .filter(({ range }) => range.start < range.end)
    .sort((a, b) => a.range.start - b.range.start || b.range.end - a.range.end);
  const result: Token[] = [];
  const open: Token[] = [];
  let at = 0;
  const upTo = (end: number): void => {
    const top = open.at(-1);
    if (top !== undefined && at < end) result.push({ range: { start: at, end }, type: top.type });
    at = Math.max(at, end);
  };
  const close = (before: number): void => {
    for (let top = open.at(-1); top !== undefined && top.range.end <= before; top = open.at(-1)) {
      upTo(top.range.end);
      open.pop();
    }
  };
  for (const token of sorted) {
    close(token.range.start);
    upTo(token.range.start);
    at = Math.max(at, token.range.start);
    const outer = open.at(-1);
    // What reaches beyond the token around it is no token of its own.
    if (outer === undefined || token.range.end <= outer.range.end) open.push(token);
  }
  close(Number.POSITIVE_INFINITY);
  return result;
}

function singleLines(text: string, tokens: readonly Token[]): readonly Token[] {
  return tokens.flatMap((token) => {
    const words = text.slice(token.range.start, token.range.end);
    if (!/[\r\n]/.test(words)) return [token];
    return [...words.matchAll(/[^\r\n]+/g)].map(({ index, 0: line }) => {
      const start = token.range.start + index;
      return { range: { start, end: start + line.length }, type: token.type };
    });
  });
}
