/** Who may import whom: the table of `src/README.md`, as code. */
import { dirname, join, normalize } from 'node:path/posix';

export interface Import {
  readonly from: string;
  readonly typeOnly: boolean;
}

interface Rule {
  /** Folders of src that may be imported; `types:` allows their types only. */
  readonly may: readonly string[];
  readonly packages: (name: string) => boolean;
}

const PURE = new Set([
  'zod',
  'unbash',
  'yaml',
  'jsonc-parser',
  'ignore',
  'picomatch',
  'unified',
  'remark-parse',
  'remark-gfm',
  'diff',
]);
const BROWSER = new Set([
  'preact',
  'preact/hooks',
  'preact/jsx-runtime',
  'preact/compat',
  'mermaid',
  'unified',
  'remark-parse',
  'remark-gfm',
  'remark-rehype',
  'rehype-sanitize',
  'hast-util-to-jsx-runtime',
  'diff',
  'hast',
  'mdast',
]);
const isNode = (name: string) =>
  name.startsWith('node:') || ['fs', 'path', 'os', 'child_process', 'crypto', 'http'].includes(name);

const RULES: Readonly<Record<string, Rule>> = {
  core: { may: ['core'], packages: (name) => PURE.has(name) },
  protocol: { may: ['protocol', 'types:core'], packages: () => false },
  node: { may: ['node', 'core'], packages: (name) => name !== 'vscode' },
  vscode: { may: ['vscode', 'core', 'node', 'protocol', 'manifest'], packages: () => true },
  webview: {
    may: ['webview', 'protocol', 'types:core', 'media'],
    packages: (name) => BROWSER.has(name) || name.startsWith('@vscode/codicons/'),
  },
  cli: { may: ['cli', 'core', 'node', 'manifest'], packages: (name) => isNode(name) || name === 'diff' },
  extension: { may: ['core', 'node', 'protocol', 'vscode'], packages: () => true },
};

/** Every module that a text imports: static, re-exported, dynamic or required. */
export function importsOf(text: string): readonly Import[] {
  const code = text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  const statics = [
    ...code.matchAll(/^\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\s+from\s+)?['"]([^'"]+)['"]/gm),
  ];
  const dynamics = [...code.matchAll(/\b(?:import|require)\(\s*['"]([^'"]+)['"]\s*\)/g)];
  return [
    ...statics.map(([, type, from]) => ({ from: from ?? '', typeOnly: type !== undefined })),
    ...dynamics.map(([, from]) => ({ from: from ?? '', typeOnly: false })),
  ];
}

/** The imports that a file may not have, each said in words. */
export function trespasses(file: string, imports: readonly Import[]): readonly string[] {
  const room = roomOf(file);
  const rule = RULES[room];
  if (!rule) return [`${file} lies in no room of src`];
  return imports.flatMap(({ from, typeOnly }) => {
    const wrong = from.startsWith('.') ? !mayReach(rule, file, from, typeOnly) : !rule.packages(from);
    return wrong ? [`${file} may not import ${from}`] : [];
  });
}

function roomOf(file: string): string {
  if (file === 'src/extension.ts') return 'extension';
  if (file.startsWith('media/')) return 'media';
  return /^src\/([^/]+)\//.exec(file)?.[1] ?? (file === 'package.json' ? 'manifest' : 'outside');
}

function mayReach(rule: Rule, file: string, from: string, typeOnly: boolean): boolean {
  const target = normalize(join(dirname(file), from));
  const room = roomOf(target === 'src/core' ? 'src/core/index' : target);
  const feature = featureOf(file);
  // Features meet in core; the two webviews meet in shared.
  if (feature && featureOf(target) && featureOf(target) !== feature) return false;
  const [view, other] = [viewOf(file), viewOf(target)];
  if (view && other && other !== 'shared' && other !== view) return false;
  return rule.may.includes(room) || (typeOnly && rule.may.includes(`types:${room}`));
}

function featureOf(file: string): string | undefined {
  return /^src\/vscode\/features\/([^/]+)\//.exec(file)?.[1];
}

function viewOf(file: string): string | undefined {
  return /^src\/webview\/([^/]+)\//.exec(file)?.[1];
}
