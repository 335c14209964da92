/** The words of a criterion: one clause a line, coloured by its role. */
import type { ComponentChildren, JSX } from 'preact';
import type { ReviewCriterion } from '../../protocol/review';
import { memo } from '../shared/memo';
import { type ClauseLine, clauseLines, type LinePart, type Span } from './lines';

export interface ClauseTextProps {
  readonly criterion: ReviewCriterion;
  /** The model is writing here. */
  readonly caret: boolean;
}

export const ClauseText = memo(({ criterion, caret }: ClauseTextProps): JSX.Element => {
  const lines = clauseLines(criterion);
  return (
    <div class="clauses">
      {lines.map((line, index) => (
        <Line key={index} line={line} caret={caret && index === lines.length - 1} />
      ))}
    </div>
  );
});

function Line({ line, caret }: { readonly line: ClauseLine; readonly caret: boolean }): JSX.Element {
  return (
    <div class={`clause role-${line.role}`}>
      <span class="keyword">
        <Spans spans={line.keyword} />
      </span>
      <span class="clause-body">
        {' '}
        {line.parts.map((part, index) => (
          <Part key={index} part={part} />
        ))}
        {caret && <span class="caret" aria-hidden="true" />}
      </span>
    </div>
  );
}

function Part({ part }: { readonly part: LinePart }): JSX.Element {
  return (
    <>
      <span class={`part-${part.kind}`}>
        <Spans spans={part.spans} />
      </span>{' '}
    </>
  );
}

/** Text with its code: what stands between two backticks. */
function drawCode(text: string): ComponentChildren {
  if (!text.includes('`')) return text;
  return text
    .split(/`([^`]+)`/)
    .map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part));
}

function Spans({ spans }: { readonly spans: readonly Span[] }): JSX.Element {
  return (
    <>
      {spans.map((span, index) =>
        span.finding ? (
          <span key={index} class={`squiggle ${span.finding.severity}`} title={span.finding.message}>
            {drawCode(span.text)}
          </span>
        ) : (
          drawCode(span.text)
        ),
      )}
    </>
  );
}
