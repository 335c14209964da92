/**
 * The text inside a code fence whose opening line is already read, without its closing line and what follows.
 * Documents contain fences themselves, often as long as the one around them, so a bare fence is taken for the
 * closing one only when no other fence and no heading comes after it.
 */
export interface FenceFilter {
  feed(text: string): string;
  end(): string;
}

const MARK = /^\s*(`{3,}|~{3,})(.*)$/s;

/** @param outer The mark that opened the fence: three or more backticks or tildes. */
export function createFenceFilter(outer: string): FenceFilter {
  let line = '';
  let inner: string | undefined;
  /** From a fence on that may be the closing one. */
  let doubtful = '';

  function certain(text: string): string {
    const all = doubtful + text;
    doubtful = '';
    return all;
  }

  function take(text: string): string {
    const [, mark, info = ''] = MARK.exec(text) ?? [];
    const isBare = mark !== undefined && info.trim() === '';
    if (inner !== undefined) {
      if (isBare && closes(mark, inner)) inner = undefined;
      return text;
    }
    if (doubtful !== '' && (mark !== undefined || /^#{1,6} /.test(text))) {
      // The doubtful fence opened a block of the document; another bare one closes that.
      if (!isBare) inner = mark ?? outer;
      return certain(text);
    }
    if (isBare && closes(mark, outer)) {
      doubtful = text;
      return '';
    }
    if (mark !== undefined) inner = mark;
    if (doubtful === '') return text;
    doubtful += text;
    return '';
  }

  return {
    feed(text) {
      const end = text.lastIndexOf('\n') + 1;
      const whole = end === 0 ? '' : line + text.slice(0, end);
      line = end === 0 ? line + text : text.slice(end);
      return whole === '' ? '' : whole.split(/(?<=\n)/).map(take).join('');
    },
    end() {
      const last = line;
      line = '';
      return last === '' ? '' : take(last);
    },
  };
}

function closes(mark: string, opened: string): boolean {
  return mark[0] === opened[0] && mark.length >= opened.length;
}
