/**
 * Steering documents: the project's standing advice to an agent (`.kiro/steering/**.md`, `AGENTS.md`). Here:
 * those that are always included, which is what a document without front matter is, too.
 */
import { parse } from 'yaml';
import type { FileSystem } from '../ports';
import { joinPath } from '../util/path';
import { paragraphs, tagged } from '../workflow/prompts/material';

export interface SteeringDocument {
  /** Relative to the workspace folder. */
  readonly path: string;
  readonly inclusion: string;
  /** Without the front matter. */
  readonly body: string;
}

const MAX_FOLDERS = 200;

/** All steering documents of a workspace folder, AGENTS.md first, then by path. */
export async function readSteering(files: FileSystem, root: string): Promise<readonly SteeringDocument[]> {
  // One that cannot be read must not keep the agent from working.
  const read = (path: string) => files.readText(joinPath(root, path)).catch(() => undefined);
  const agents = await read('AGENTS.md');
  const documents: SteeringDocument[] = [];
  if (agents !== undefined) documents.push({ path: 'AGENTS.md', inclusion: 'always', body: agents.trim() });
  const folders = ['.kiro/steering'];
  for (let i = 0; i < folders.length && i < MAX_FOLDERS; i++) {
    const folder = folders[i] as string;
    for (const entry of await files.list(joinPath(root, folder)).catch(() => [])) {
      const path = `${folder}/${entry.name}`;
      if (entry.kind === 'folder') folders.push(path);
      if (entry.kind !== 'file' || !entry.name.endsWith('.md')) continue;
      const text = await read(path);
      if (text !== undefined) documents.push({ path, ...parseSteering(text) });
    }
  }
  return documents;
}

/** Front matter counts only as the very first content; a document without it is always included. */
export function parseSteering(text: string): Pick<SteeringDocument, 'inclusion' | 'body'> {
  const match = /^\uFEFF?---[ \t]*\r?\n(?:([\s\S]*?)\r?\n)??---[ \t]*(?:\r?\n|$)/.exec(text);
  const inclusion = match ? inclusionOf(match[1] ?? '') : undefined;
  // Two rules with prose between them are no front matter.
  if (!match || inclusion === undefined)
    return { inclusion: 'always', body: text.replace(/^\uFEFF/, '').trim() };
  return { inclusion, body: text.slice(match[0].length).trim() };
}

/** Undefined for what is not a list of keys. */
function inclusionOf(yaml: string): string | undefined {
  try {
    const data: unknown = parse(yaml);
    if (data !== null && typeof data !== 'object') return undefined;
    const inclusion = (data as { inclusion?: unknown } | null)?.inclusion;
    return typeof inclusion === 'string' ? inclusion : 'always';
  } catch {
    return 'unreadable';
  }
}

/** The part of a prompt that carries the always included documents; empty when there are none. */
export function steeringPrompt(documents: readonly SteeringDocument[]): string {
  const always = documents.filter(({ inclusion, body }) => inclusion === 'always' && body !== '');
  if (always.length === 0) return '';
  return paragraphs('# Steering', ...always.map(({ path, body }) => tagged('document', body, path)));
}
