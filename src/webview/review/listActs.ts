/** What a row can ask for. One object that stays the same, so that rows are not drawn again for it. */
import type { DocumentKind } from '../../core/spec/model';
import type { ReviewFinding } from '../../protocol/review';

export interface ListActs {
  /** The row has the focus. */
  activate(nav: string): void;
  /** Opens the shown document at an offset. */
  open(offset: number): void;
  fix(finding: ReviewFinding): void;
  /** Shows another document, at the place of this id. */
  jump(kind: DocumentKind, id: string): void;
  toggleFold(requirement: string): void;
}
