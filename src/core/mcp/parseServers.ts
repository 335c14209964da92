/** Reads an `mcp.json`. One bad server does not take the others of its file with it; every problem names its place. */
import { findNodeAtLocation, type JSONPath, type Node } from 'jsonc-parser';
import { type JsonTree, readJsonTree, toValue } from '../util/jsonTree';
import type { McpProblem, ServerConfig } from './model';
import { type Place, readConfig } from './readConfig';
import { usesOf } from './variables';

export interface ServerFile {
  readonly servers: readonly ServerConfig[];
  readonly problems: readonly McpProblem[];
  /** It is no JSON just now, as while somebody types: what it said before still holds. */
  readonly broken: boolean;
}

export interface FileOf extends Pick<Place, 'scope' | 'root' | 'path'> {
  /** What stands in a server's configuration → what is meant. */
  readonly meant?: (value: unknown, name: string) => unknown;
  /** What it needs a folder for, by its configuration as it stands. */
  readonly needs?: (value: unknown) => Pick<ServerConfig, 'data'>;
}

const UNWISE_NAME = /[\s/@]/;

/** Never throws; what cannot be read is a problem of the file. */
export function parseServers(text: string, file: FileOf): ServerFile {
  const { path } = file;
  const { root: tree, mistake } = readJsonTree(text);
  if (!tree || mistake) return unreadable(text, path, mistake);
  const problems: McpProblem[] = [];
  const list = findNodeAtLocation(tree, ['mcpServers']);
  if (list?.type === 'object')
    return { servers: readList(tree, list, file, problems), problems, broken: false };
  if (list || tree.type !== 'object' || findNodeAtLocation(tree, ['servers'])) {
    const message = 'Servers stand in "mcpServers": { … }. None of this file is used.';
    problems.push({ path, severity: 'error', message, range: rangeOf(tree, ['mcpServers']) });
  }
  return { servers: [], problems, broken: false };
}

function unreadable(text: string, path: string, mistake: JsonTree['mistake']): ServerFile {
  if (text.trim() === '') return { servers: [], problems: [], broken: false };
  const { offset, length } = mistake ?? { offset: 0, length: text.length };
  const what = mistake?.words ?? 'it is far too deep';
  const message = `Not valid JSON: ${what}. Its servers stay as they were until it is mended.`;
  const range = { start: offset, end: offset + length };
  return { servers: [], problems: [{ path, severity: 'error', message, range }], broken: true };
}

function readList(tree: Node, list: Node, file: FileOf, problems: McpProblem[]): readonly ServerConfig[] {
  const { path, scope, root, meant = (value) => value, needs = () => ({}) } = file;
  const servers = new Map<string, ServerConfig>();
  for (const { children: [key, node] = [] } of list.children ?? []) {
    if (!key || !node) continue;
    const name = String(key.value);
    const range = { start: key.offset, end: key.offset + key.length };
    if (servers.has(name)) problems.push({ path, severity: 'warning', message: twice(name), range });
    if (UNWISE_NAME.test(name)) problems.push({ path, severity: 'hint', message: unwise(name), range });
    const written = toValue(node);
    const config = readConfig(
      meant(written, name),
      { path, scope, root, name, range },
      (severity, message, ...at) => {
        const place = at.length === 0 ? range : rangeOf(tree, ['mcpServers', name, ...at]);
        problems.push({ path, severity, message, range: place });
      },
    );
    if (!config) continue;
    const variables = usesOf(config).map(({ name: variable, at }) => ({
      name: variable,
      range: rangeOf(tree, ['mcpServers', name, ...at]),
    }));
    servers.set(name, { ...config, variables, ...needs(written) });
  }
  return [...servers.values()];
}

function twice(name: string): string {
  return `“${name}” is there twice. The last one counts.`;
}

function unwise(name: string): string {
  return `“${name}” cannot be mentioned as it is. Letters, digits, “-” and “_” can.`;
}

/** The node, or the nearest one above it that exists. */
function rangeOf(tree: Node, at: JSONPath): McpProblem['range'] {
  for (let length = at.length; length >= 0; length--) {
    const node = findNodeAtLocation(tree, at.slice(0, length));
    if (node && (length > 0 || at.length === 0))
      return { start: node.offset, end: node.offset + node.length };
  }
  return { start: tree.offset, end: tree.offset + 1 };
}
