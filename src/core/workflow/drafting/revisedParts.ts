/** The parts of a document that a revision may rewrite one by one, and how they are put back. */
import { splitParts } from '../../spec/merge/parts';
import type { SpecDocument } from '../../spec/model';
import type { TextRange } from '../../util/textRange';
import { attribute } from '../prompts/material';
import type { NamedPart } from '../prompts/revisePrompt';

export interface Unit extends NamedPart {
  readonly range: TextRange;
}

/** When the parts are most of the document, the whole is the shorter answer to read and check. */
const MOST = 0.6;

/** Requirements with their criteria, sections of a design and each property, tasks with their sub-tasks. */
export function unitsOf(document: SpecDocument): readonly Unit[] {
  const ranges = namedRanges(document);
  return ranges.map(([name, range]) => ({
    name,
    range,
    text: document.text.slice(range.start, range.end).trim(),
  }));
}

function namedRanges(document: SpecDocument): readonly (readonly [name: string, range: TextRange])[] {
  if (document.kind === 'tasks')
    return document.tasks.map(({ id, title, range }) => [`Task ${id ?? title}`, range]);
  if (document.kind === 'requirements')
    return document.requirements.map(({ id, range }) => [`Requirement ${id}`, range]);
  const properties =
    document.kind === 'design'
      ? document.properties.map(({ id, range }) => [`Property ${id}`, range] as const)
      : [];
  const holds = ({ start, end }: TextRange) =>
    properties.some(([, range]) => range.start >= start && range.end <= end);
  const level = document.kind === 'bugfix' ? 3 : 2;
  const sections = document.sections
    .filter((section) => section.level === level && !holds(section.range))
    .map(({ title, range }) => [title, range] as const);
  return [...sections, ...properties].sort(([, a], [, b]) => a.start - b.start);
}

/**
 * The units that hold the parts of these names (`1.2`, `## Overview`, as comments name them); undefined where one is
 * in none of them, or where they are most of the document.
 */
export function unitsAbout(document: SpecDocument, about: readonly string[]): readonly Unit[] | undefined {
  const places = new Map<string, number>();
  let at = 0;
  for (const { id, number, words, gap } of splitParts(document)) {
    if (!places.has(id)) places.set(id, at);
    at += number.length + words.length + gap.length;
  }
  const units = unitsOf(document);
  const found = about.map((name) => {
    const place = places.get(name);
    return place === undefined
      ? undefined
      : units.find(({ range }) => place >= range.start && place < range.end);
  });
  if (found.length === 0 || found.includes(undefined)) return undefined;
  const chosen = units.filter((unit) => found.includes(unit));
  const names = new Set(units.map(({ name }) => name));
  const size = chosen.reduce((sum, { text }) => sum + text.length, 0);
  return names.size < units.length || size > document.text.length * MOST ? undefined : chosen;
}

/** The parts of an answer by their names; undefined where it is none, or gives a part that was not asked for. */
export function partsIn(units: readonly Unit[], answer: string): ReadonlyMap<string, string> | undefined {
  const found = [...answer.matchAll(/<part name="([^"]*)">\r?\n?([\s\S]*?)\r?\n?<\/part>/g)];
  const given = new Map(found.map(([, name = '', part = '']) => [name, part.trim()]));
  if (given.size === 0 || given.size < found.length) return undefined;
  const known = new Set(units.map(({ name }) => attribute(name)));
  return [...given].every(([name, part]) => known.has(name) && part !== '') ? given : undefined;
}

export function putParts(text: string, units: readonly Unit[], parts: ReadonlyMap<string, string>): string {
  let revised = text;
  for (const { name, range } of [...units].reverse()) {
    const part = parts.get(attribute(name));
    if (part === undefined) continue;
    const old = text.slice(range.start, range.end);
    const before = /^\s*/.exec(old)?.[0] ?? '';
    const after = /\s*$/.exec(old)?.[0] ?? '';
    revised = `${revised.slice(0, range.start)}${before}${part}${after}${revised.slice(range.end)}`;
  }
  return revised;
}
