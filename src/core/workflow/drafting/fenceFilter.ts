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

  function take(text: string): string {
    const [, mark, info = ''] = MARK.exec(text) ?? [];
    const bare = info.trim() === '' ? mark : undefined;
    if (inner !== undefined) {
      if (bare && closes(bare, inner)) inner = undefined;
      return text;
    }
    if (doubtful !== '') return takeDoubtful(text, mark, bare);
    if (bare && closes(bare, outer)) {
      doubtful = text;
      return '';
    }
    inner = mark;
    return text;
  }

  /** Another fence or a heading shows that the doubtful one opened a block of the document; a bare one closes that. */
  function takeDoubtful(text: string, mark: string | undefined, bare: string | undefined): string {
    if (mark === undefined && !/^#{1,6} /.test(text)) {
      doubtful += text;
      return '';
    }
    inner = bare ? undefined : (mark ?? outer);
    const all = doubtful + text;
    doubtful = '';
    return all;
  }

  return {
    feed(text) {
      const end = text.lastIndexOf('\n') + 1;
      const whole = end === 0 ? '' : line + text.slice(0, end);
      line = end === 0 ? line + text : text.slice(end);
      return whole === ''
        ? ''
        : whole
            .split(/(?<=\n)/)
            .map(take)
            .join('');
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
