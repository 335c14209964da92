/** The text of a document while a model writes it, and what became of it. */
import type { SessionState } from '../core/agent/session/sessionState';
import { joinPath, relativePath } from '../core/util/path';
import { createDocumentFilter, type DocumentFilter } from '../core/workflow/drafting/documentFilter';
import type { Output } from './output';
import { printable } from './printable';

export interface DraftText {
  feed(text: string): void;
  end(): void;
}

/** Prints what goes into the file: not the words that a model puts around a document. */
export function createDraftText(out: Output): DraftText {
  const filter: DocumentFilter = createDocumentFilter();
  return {
    feed: (text) => out.write(printable(filter.feed(text))),
    end: () => out.write(printable(filter.end())),
  };
}

/** Where the part of a draft lies that came before it ended early. */
export function whatWasKept(state: SessionState | undefined, root: string, spec: string): string {
  if (!state?.draft) return 'Nothing was written.';
  const path = joinPath(spec, state.started.document ?? '');
  return `What came so far is in ${relativePath(root, path) ?? path}, marked incomplete.`;
}
