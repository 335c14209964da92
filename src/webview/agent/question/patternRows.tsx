/** The patterns that “session”, “workspace” and “always” would remember: one for each part that no rule allows. */
import type { JSX, TargetedKeyboardEvent } from 'preact';
import type { PermissionNeed } from '../../../core/agent/session/events';
import { nothingHidden } from '../log/output';

export interface PatternRowsProps {
  readonly needs: readonly PermissionNeed[];
  readonly subject: string;
  readonly patterns: readonly string[];
  /** The one for which the latest answer was not taken, and the element that says why. */
  readonly refused: number | undefined;
  readonly refusal: string;
  readonly onChange: (index: number, pattern: string) => void;
  /** Enter goes on to what remembers it, Escape back to the first answer. */
  readonly onLeave: (to: 'session' | 'once') => void;
}

export function PatternRows(props: PatternRowsProps): JSX.Element {
  const { needs, subject, patterns, refused, refusal, onChange, onLeave } = props;
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLInputElement>): void => {
    // Digits are text here, and Escape is no answer.
    event.stopPropagation();
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    event.preventDefault();
    onLeave(event.key === 'Enter' ? 'session' : 'once');
  };
  return (
    <>
      <dt class="dim">Rule</dt>
      <dd>
        None allows {needs.length > 1 ? 'these' : 'it'}. <span class="key">2</span> to{' '}
        <span class="key">4</span> add:
      </dd>
      {needs.map(({ text, capability }, index) => (
        <dd key={`${capability} ${text}`} class="pattern-row">
          {text !== subject && (
            <span class="pattern-for dim">
              {capability.startsWith('fs_') ? 'file ' : ''}
              <span class="mono">{nothingHidden(text)}</span>
            </span>
          )}
          <input
            class="text-input pattern mono"
            type="text"
            spellcheck={false}
            autocomplete="off"
            aria-label={`Pattern for ${text}`}
            aria-invalid={index === refused ? 'true' : undefined}
            aria-describedby={index === refused ? refusal : undefined}
            value={patterns[index]}
            onInput={(event) => onChange(index, event.currentTarget.value)}
            onKeyDown={onKeyDown}
          />
        </dd>
      ))}
    </>
  );
}
