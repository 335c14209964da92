/** Keeps the beginning and the end of a long text and says how much of the middle is left out. */
export interface CappedText {
  add(text: string): void;
  toString(): string;
}

export const CAP = 64 * 1024;

/** `cap` characters of head and as many of tail. */
export function createCappedText(cap: number = CAP): CappedText {
  let head = '';
  let tail = '';
  let leftOut = 0;

  function trim(): void {
    if (tail.length <= cap) return;
    let cut = tail.length - cap;
    // Never cut a character in two: a lone half would be sent on as garbage.
    if (isLowSurrogate(tail, cut)) cut += 1;
    leftOut += cut;
    tail = tail.slice(cut);
  }

  return {
    add(text) {
      let room = Math.max(0, cap - head.length);
      // Once something is in the tail the head is closed, or the order would break.
      if (tail !== '' || leftOut > 0) room = 0;
      if (room < text.length && isLowSurrogate(text, room)) room = Math.max(0, room - 1);
      head += text.slice(0, room);
      tail += text.slice(room);
      // Trimming at every chunk would copy the tail each time.
      if (tail.length > 4 * cap) trim();
    },
    toString() {
      trim();
      if (leftOut === 0) return head + tail;
      return `${head}\n… ${leftOut.toLocaleString('en-US')} characters left out …\n${tail}`;
    },
  };
}

function isLowSurrogate(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code >= 0xdc00 && code <= 0xdfff;
}
