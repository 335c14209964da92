import type { Fix } from '../../spec/model';
import type { TextEdit } from '../../util/textRange';

/** A fix whose edits are known at once. */
export function rewrite(title: string, safe: boolean, edits: readonly TextEdit[]): Fix {
  return { title, safe, edits: () => edits };
}
