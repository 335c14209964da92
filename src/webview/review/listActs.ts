/** What a row can ask for. One object that stays the same, so that rows are not drawn again for it. */
import type { DocumentKind } from '../../core/spec/model';
import type { ReviewFinding, ReviewItem, ReviewTest } from '../../protocol/review';

export interface ListActs {
  /** The row has the focus. */
  activate(nav: string): void;
  /** Opens the shown document at an offset. */
  open(offset: number): void;
  fix(finding: ReviewFinding): void;
  /** Shows another document, at the place of this id. */
  jump(kind: DocumentKind, id: string): void;
  openTest(test: ReviewTest): void;
  toggleFold(requirement: string): void;
  /** Shows a long section whole, or its first lines again. */
  toggleWhole(key: string): void;
  /** Begins a comment, on the words that are selected in the row. */
  comment(nav: string, place: ReviewItem): void;
  answer(thread: string): void;
  reword(thread: string, comment: string, text: string): void;
  remove(thread: string, comment: string, isFirst: boolean): void;
  resolve(threads: readonly string[], resolved: boolean): void;
  /** What is being written: its text, sending it, leaving it. */
  write(text: string): void;
  sendWriting(): void;
  stopWriting(): void;
  /** Shows the design with its diagrams drawn. */
  preview(): void;
  /** Begins a conversation about it. */
  ask(item: ReviewItem): void;
  /** Shows it in the trace panel. */
  trace(item: ReviewItem): void;
}
