/** Whether the editor's own servers may be used: what is behind them is not known, so nobody may have limited servers. */
import type { Ports } from '../ports';
import type { EditorTools } from './ports';

export function allowedEditorTools({
  trust,
  editorTools,
  administration,
}: Pick<Ports, 'trust' | 'editorTools' | 'administration'>): () => Promise<EditorTools | undefined> {
  return async () => {
    await administration?.ready;
    const limited =
      administration !== undefined &&
      (administration.policy?.mcp !== undefined || administration.problems.length > 0);
    return trust.trusted && !limited ? editorTools : undefined;
  };
}
