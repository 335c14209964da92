/** Lines and streamed text in one output, so that neither runs into the other. */
export interface LineWriter {
  /** A whole line. */
  line(text: string): void;
  /** The beginning of one; `end` goes on with it. */
  begin(text: string): void;
  end(text: string): void;
  /** Something else writes the next line. */
  pause(): void;
  /** Text as it comes, indented. */
  text(text: string): void;
}

const INDENT = '  ';

export function createLineWriter(write: (text: string) => void): LineWriter {
  /** What the cursor stands behind. */
  let after: 'break' | 'begun' | 'text' = 'break';
  /** White space at the end of the text: written only when more text follows. */
  let held = '';

  function begin(text: string): void {
    write(`${after === 'break' ? '' : '\n'}${text}`);
    after = 'begun';
    held = '';
  }

  return {
    begin,
    line(text) {
      begin(`${text}\n`);
      after = 'break';
    },
    end(text) {
      if (after !== 'begun') begin(INDENT);
      write(`${text}\n`);
      after = 'break';
    },
    pause() {
      if (after !== 'break') write('\n');
      after = 'break';
      held = '';
    },
    text(text) {
      const all = after === 'text' ? held + text : text.trimStart();
      const shown = all.trimEnd();
      held = all.slice(shown.length);
      if (shown === '') return;
      const start = after === 'text' ? '' : after === 'begun' ? `\n${INDENT}` : INDENT;
      write(start + shown.replace(/\n/g, `\n${INDENT}`));
      after = 'text';
    },
  };
}
