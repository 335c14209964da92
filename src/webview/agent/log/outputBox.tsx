/** The output of a command: its end, whole on a click. */
import { type ComponentChild, Fragment, type JSX } from 'preact';
import { useState } from 'preact/hooks';
import { plural } from '../../shared/format';
import { outputLines, tailOf } from './output';

export interface OutputBoxProps {
  readonly output: string;
  /** Said when there is none. */
  readonly empty: string;
}

export function OutputBox({ output, empty }: OutputBoxProps): JSX.Element {
  const [whole, setWhole] = useState(false);
  const { lines, hidden } = tailOf(outputLines(output), whole);
  if (lines.length === 0) return <p class="output-empty small dim">{empty}</p>;
  return (
    <>
      {hidden > 0 && (
        <button type="button" class="output-more" onClick={() => setWhole(true)}>
          {plural(hidden, 'line')} before
        </button>
      )}
      <pre class="output mono scroller">{lines.map(drawLine)}</pre>
    </>
  );
}

/** The signs of test runners keep their colours, also where the output came without. */
function drawLine(line: string, index: number): ComponentChild {
  const sign = /^(\s*)([✓✔√✗✘✕×])(?=\s)/.exec(line);
  if (!sign) return `${line}\n`;
  const [head, space = '', mark = ''] = sign;
  return (
    <Fragment key={index}>
      {space}
      <span class={'✓✔√'.includes(mark) ? 'passed' : 'failed'}>{mark}</span>
      {line.slice(head.length)}
      {'\n'}
    </Fragment>
  );
}
