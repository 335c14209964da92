/** What a command printed, as a person reads it: no colours, no cursor moves; of an overwritten line what it said last. */

const ESC = String.fromCharCode(27);
const BELL = String.fromCharCode(7);
const ESCAPES = new RegExp(
  `${ESC}(?:\\[[0-9;?]*[ -/]*[@-~]|\\][^${BELL}${ESC}]*(?:${BELL}|${ESC}\\\\)|[@-Z\\\\-_])`,
  'g',
);

export function plainOutput(output: string): string {
  const text = (output.includes(ESC) ? output.replace(ESCAPES, '') : output).replaceAll('\r\n', '\n');
  return text.includes('\r') ? text.split('\n').map(lastSaid).join('\n') : text;
}

function lastSaid(line: string): string {
  return line.replace(/\r+$/, '').split('\r').at(-1) ?? '';
}
