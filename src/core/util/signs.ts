/** Which characters a part of a regular expression takes: bits over a sample that tells any two such parts apart. */

/** One that no expression names. */
const OTHER = '\uE123';

export interface Signs {
  /** Of a literal, an escape, a class, a dot; never too few. */
  takenBy(character: string): bigint;
  readonly all: bigint;
}

export function createSigns(source: string): Signs {
  const ascii = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));
  const sample = [...new Set([...ascii, ...source.split(''), OTHER])];
  const all = (1n << BigInt(sample.length)) - 1n;
  const known = new Map<string, bigint>();

  function look(character: string): bigint {
    // What is named by its number or its kind is not in the sample.
    if (/\\[uxcpPk\d]/.test(character)) return all;
    const regex = new RegExp(`^(?:${character})$`, 'is');
    const bits = sample.reduce((sum, sign, at) => (regex.test(sign) ? sum | (1n << BigInt(at)) : sum), 0n);
    return bits === 0n ? all : bits;
  }

  return {
    all,
    takenBy(character) {
      const bits = known.get(character) ?? look(character);
      known.set(character, bits);
      return bits;
    },
  };
}
