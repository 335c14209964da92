/** The words of a criterion, one clause a line, its keyword in a column of its own. */
import type { JSX } from 'preact';
import type { TraceCriterion } from '../../protocol/trace';

export function Clauses({ criterion }: { readonly criterion: TraceCriterion }): JSX.Element {
  const { clauses, text } = criterion;
  // What the grammar did not understand is shown as it stands.
  if (clauses.length === 0) return <p class="chain-text">{text}</p>;
  return (
    <div class="clauses">
      {clauses.map(({ role, keyword, text: words }, index) => (
        <div key={index} class={`clause role-${role}`}>
          <span class="keyword">{keyword || (role === 'system' ? 'the' : '')}</span>
          <span>{words}</span>
        </div>
      ))}
    </div>
  );
}
