/** A document's text → how it is included, with what is wrong in it. Never throws. */
import { nearest } from '../lint/nearest';
import { basename } from '../util/path';
import type { TextRange } from '../util/textRange';
import { type FrontMatter, type FrontMatterEntry, readFrontMatter } from './frontMatter';
import { type Guidance, type GuidanceProblem, INCLUSIONS, type Inclusion, type ReadGuidance } from './model';
import { splitPatterns } from './patterns';

export type Where = Pick<Guidance, 'kind' | 'scope' | 'path' | 'label' | 'name' | 'below' | 'power'>;
export type Report = (
  rule: GuidanceProblem['rule'],
  severity: GuidanceProblem['severity'],
  range: TextRange,
  message: string,
) => void;

const KEYS = ['inclusion', 'fileMatchPattern', 'name', 'description'] as const;

export function parseGuidance(where: Where, text: string): ReadGuidance {
  const problems: GuidanceProblem[] = [];
  const report: Report = (rule, severity, range, message) =>
    problems.push({ path: where.path, rule, severity, range, message });
  const read =
    where.kind === 'agents'
      ? plain(text)
      : where.kind === 'skill'
        ? skill(where, text, report)
        : steering(text, report);
  return { guidance: { ...where, ...read }, text, problems };
}

type Read = Pick<Guidance, 'inclusion' | 'patterns' | 'body' | 'description' | 'alias'>;

const withoutMark = (text: string) => text.replace(/^\uFEFF/, '').trim();

function plain(text: string): Read {
  return { inclusion: 'always', patterns: [], body: withoutMark(text) };
}

export function firstLine(text: string): TextRange {
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  return { start, end: start + text.slice(start).search(/[\r\n]|$/) };
}

function steering(text: string, report: Report): Read {
  const head = readFrontMatter(text);
  if (!head) {
    lateHead(text, report);
    return plain(text);
  }
  const body = text.slice(head.bodyStart).trim();
  if (head.error) {
    const message = `This front matter cannot be read: ${head.error.message} The document is in no request until it is mended.`;
    report('front-matter', 'error', head.error.range, message);
    return { inclusion: undefined, patterns: [], body };
  }
  checkKeys(head, report);
  const inclusion = inclusionOf(head, report);
  const patterns = patternsOf(head, inclusion, report);
  const [description, alias] = [textOf(head, 'description'), textOf(head, 'name')];
  if (inclusion === 'auto' && description === undefined)
    report(
      'no-description',
      'warning',
      placeOf(head, 'description') ?? placeOf(head, 'inclusion') ?? head.range,
      'A document with “inclusion: auto” is chosen by its description, and there is none, so it is never chosen. Add “description:”.',
    );
  return {
    inclusion,
    patterns,
    body,
    ...(description === undefined ? {} : { description }),
    ...(alias === undefined ? {} : { alias }),
  };
}

/** Blank lines, indentation, headings and comments before what was meant as front matter. */
const BEFORE = /^\uFEFF?(?:[ \t]*\r?\n|[ \t]+(?=---)|#[^\n]*\n|<!--[\s\S]{0,2000}?-->)+/;
const MEANT = /^---[ \t]*\r?\n(?:[\w-]+:[^\n]*\n|[ \t]+[^\n]*\n){0,20}?inclusion:/;

/** Front matter that something stands before, or that never ends. */
function lateHead(text: string, report: Report): void {
  const start = BEFORE.exec(text)?.[0].length ?? 0;
  if (start > 0 && MEANT.test(text.slice(start))) {
    const message =
      'Front matter counts only as the very first content, so this document is always included. Move it to the top.';
    report('front-matter-not-first', 'warning', { start, end: start + 3 }, message);
  } else if (MEANT.test(text.replace(/^\uFEFF/, ''))) {
    const message =
      'This front matter never ends, so the document is always included. End it with a line “---”.';
    report('front-matter', 'warning', firstLine(text), message);
  }
}

function checkKeys({ entries, unquoted }: FrontMatter, report: Report): void {
  for (const range of unquoted)
    report(
      'front-matter',
      'warning',
      range,
      'In YAML a value that begins with “*” stands in quotes. Kiro cannot read this front matter; Earshot reads it as it was meant.',
    );
  for (const [key, { key: range }] of entries) {
    if (KEYS.some((known) => known === key)) continue;
    const meant = nearest(key, KEYS);
    if (meant !== undefined && !entries.has(meant))
      report('misspelt-key', 'warning', range, `“${key}” means nothing here. Did you mean “${meant}”?`);
  }
}

function inclusionOf(head: FrontMatter, report: Report): Inclusion | undefined {
  const entry = head.entries.get('inclusion');
  if (!entry || entry.value === null) return 'always';
  const known = INCLUSIONS.find((each) => each === entry.value);
  if (known) return known;
  const written = typeof entry.value === 'string' ? entry.value : JSON.stringify(entry.value);
  const meant =
    typeof entry.value === 'string' ? INCLUSIONS.find((each) => fold(each) === fold(written)) : undefined;
  const then = meant
    ? `Earshot reads it as ${meant}; write it so.`
    : `Earshot leaves it out until it is mended. Write ${INCLUSIONS.slice(0, -1).join(', ')} or auto.`;
  report(
    'unknown-inclusion',
    meant ? 'warning' : 'error',
    entry.range,
    `“${written}” is no inclusion, and Kiro silently takes it for always. ${then}`,
  );
  return meant;
}

const fold = (word: string) => word.toLowerCase().replace(/[^a-z]/g, '');

function patternsOf(head: FrontMatter, inclusion: Inclusion | undefined, report: Report): readonly string[] {
  const entry = head.entries.get('fileMatchPattern');
  const isGiven = entry !== undefined && entry.value !== null;
  if (inclusion === 'fileMatch') return isGiven ? givenPatterns(entry, report) : noPattern(head, report);
  if (isGiven && inclusion !== undefined) {
    const message = `A pattern counts only with “inclusion: fileMatch”; this document is included by “${inclusion}”.`;
    report('pattern-unused', 'warning', entry.key, message);
  }
  return [];
}

function noPattern(head: FrontMatter, report: Report): readonly string[] {
  const at = placeOf(head, 'fileMatchPattern') ?? placeOf(head, 'inclusion') ?? head.range;
  const message =
    'A document with “inclusion: fileMatch” needs “fileMatchPattern:”; without one it is never included.';
  report('no-pattern', 'error', at, message);
  return [];
}

function givenPatterns({ value, range }: FrontMatterEntry, report: Report): readonly string[] {
  const written: readonly unknown[] = Array.isArray(value) ? value : [value];
  const given = written.filter((each) => typeof each === 'string').filter((each) => each.trim() !== '');
  if (given.length === 0 || given.length < written.length) {
    const message = 'Expected a pattern in quotes, or a list of them: ["src/**/*.ts", "lib/**"].';
    report('no-pattern', 'error', range, message);
  }
  const split = given.flatMap(splitPatterns);
  if (split.length > given.length) {
    const list = split.map((each) => `"${each}"`).join(', ');
    const message = `Kiro takes patterns that are joined by commas for one, which matches nothing. Write a list: [${list}].`;
    report('pattern-joined', 'warning', range, message);
  }
  const atTop = split.find((each) => !each.includes('/') && /[*?[{]/.test(each));
  if (atTop !== undefined) {
    const message = `Kiro matches “${atTop}” with files at the top of the workspace alone, Earshot at any depth. Write “**/${atTop}”.`;
    report('pattern-at-top', 'info', range, message);
  }
  return split;
}

export function textOf({ entries }: FrontMatter, key: string): string | undefined {
  const value = entries.get(key)?.value;
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

function placeOf({ entries }: FrontMatter, key: string): TextRange | undefined {
  return entries.get(key)?.range;
}

const LONGEST_NAME = 64;
const LONGEST_DESCRIPTION = 1024;

/** `SKILL.md`: without a description nobody can choose it, so it does not load. */
function skill({ path, name: folder }: Where, text: string, report: Report): Read {
  const head = readFrontMatter(text);
  const body = head ? text.slice(head.bodyStart).trim() : withoutMark(text);
  const none = { inclusion: undefined, patterns: [], body } as const;
  if (!head || head.error) {
    const why = head?.error ? `cannot be read: ${head.error.message}` : 'is missing.';
    const message = `The front matter of this skill ${why} It is not loaded without “name:” and “description:”.`;
    report('front-matter', 'error', head?.error?.range ?? firstLine(text), message);
    return none;
  }
  const name = textOf(head, 'name');
  const at = placeOf(head, 'name') ?? head.range;
  if (name === undefined)
    report('skill-name', 'warning', at, `This skill has no name. Add “name: ${folder}”.`);
  else if (name !== folder)
    report(
      'skill-name',
      'warning',
      at,
      `A skill is named as its folder: “${folder}”, not “${name}”. It is called by its folder.`,
    );
  else if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name) || name.length > LONGEST_NAME)
    report(
      'skill-name',
      'warning',
      at,
      `A skill’s name has small letters, digits and hyphens alone, at most ${LONGEST_NAME}. Rename its folder, too.`,
    );
  const description = textOf(head, 'description');
  const place = placeOf(head, 'description') ?? head.range;
  if (description === undefined) {
    const message = `${basename(path)} needs “description:”: by it the skill is chosen. It is not loaded without one.`;
    report('no-description', 'error', place, message);
    return none;
  }
  if (description.length > LONGEST_DESCRIPTION)
    report(
      'description-too-long',
      'warning',
      place,
      `This description has ${description.length} characters; at most ${LONGEST_DESCRIPTION} are told.`,
    );
  return { inclusion: 'auto', patterns: [], body, description: description.slice(0, LONGEST_DESCRIPTION) };
}
