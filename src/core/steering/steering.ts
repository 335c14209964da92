/**
 * Steering documents: the project's standing advice to an agent (`.kiro/steering/**.md`, `AGENTS.md`). Here:
 * those that are always included, which is what a document without front matter is, too.
 */
import { parse } from 'yaml';
import type { FileSystem } from '../ports';
import { joinPath } from '../util/path';

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
  const agents = await files.readText(joinPath(root, 'AGENTS.md'));
  const documents: SteeringDocument[] = [];
  if (agents !== undefined) documents.push({ path: 'AGENTS.md', inclusion: 'always', body: agents.trim() });
  const folders = ['.kiro/steering'];
  for (let i = 0; i < folders.length && i < MAX_FOLDERS; i++) {
    const folder = folders[i] as string;
    for (const entry of await files.list(joinPath(root, folder))) {
      const path = `${folder}/${entry.name}`;
      if (entry.kind === 'folder') folders.push(path);
      if (entry.kind !== 'file' || !entry.name.endsWith('.md')) continue;
      const text = await files.readText(joinPath(root, path));
      if (text !== undefined) documents.push({ path, ...parseSteering(text) });
    }
  }
  return documents;
}

/** Front matter counts only as the very first content; a document without it is always included. */
export function parseSteering(text: string): Pick<SteeringDocument, 'inclusion' | 'body'> {
  const match = /^\uFEFF?---\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/.exec(text);
  if (!match) return { inclusion: 'always', body: text.trim() };
  return { inclusion: inclusionOf(match[1] ?? ''), body: text.slice(match[0].length).trim() };
}

function inclusionOf(yaml: string): string {
  try {
    const data: unknown = parse(yaml);
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
  return ['# Steering', ...always.map(({ path, body }) => `<document path="${path}">\n${body}\n</document>`)].join('\n\n');
}
