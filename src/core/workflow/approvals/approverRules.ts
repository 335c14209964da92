/**
 * `approvals` in `.kiro/settings/earshot.json`: who has to approve what. A workspace asks for more than one person's yes;
 * it never makes a stranger's count.
 */
import { findNodeAtLocation, type Node, parseTree } from 'jsonc-parser';
import picomatch from 'picomatch';
import type { ConfigFinding } from '../../lint/configFile';
import type { TextRange } from '../../util/textRange';
import { type ApproverRules, type Needs, ONE_PERSON } from './needs';

/** More people than this is a slip of the finger. */
const MOST = 20;

interface Rule extends Needs {
  readonly matches: (document: string) => boolean;
}

/** What cannot be read is left out and told. */
export function readApproverRules(text: string): {
  readonly rules: ApproverRules;
  readonly findings: readonly ConfigFinding[];
} {
  const root = parseTree(text.replace(/^\uFEFF/, ' '), [], { allowTrailingComma: true });
  const findings: ConfigFinding[] = [];
  const told = (node: Node, message: string): undefined => {
    findings.push({ message, range: rangeOf(node) });
  };
  const at = (...path: (string | number)[]) => root && findNodeAtLocation(root, ['approvals', ...path]);
  const approvals = at();
  if (approvals !== undefined && approvals.type !== 'object')
    told(
      approvals,
      '“approvals” should be an object: {"rules": [{"documents": "**/requirements.md", "approvers": 2}]}.',
    );
  const rules = itemsOf(at('rules'), 'rules', told).flatMap((node) => readRule(node, told) ?? []);
  const people = itemsOf(at('people'), 'people', told).flatMap((node) => {
    const person = readPerson(node, told);
    return person ? [person] : [];
  });
  return {
    rules: {
      needs: (document) => rules.filter(({ matches }) => matches(document)).reduce(stricter, ONE_PERSON),
      roles: new Map(people),
    },
    findings,
  };
}

type Told = (node: Node, message: string) => undefined;

function readRule(node: Node, told: Told): Rule | undefined {
  const documents = readValue(node, 'documents');
  if (typeof documents !== 'string')
    return told(node, 'A rule names its documents by a pattern: "documents": "**/requirements.md".');
  const [approvers = 1, roles = []] = [readValue(node, 'approvers'), readValue(node, 'roles')];
  if (typeof approvers !== 'number' || !Number.isInteger(approvers) || approvers < 1 || approvers > MOST)
    return told(node, `“approvers” is a whole number from 1 to ${MOST}.`);
  if (!isTexts(roles)) return told(node, '“roles” is a list of names: ["security"].');
  return { approvers, roles, matches: picomatch(documents, { dot: true }) };
}

function readPerson(node: Node, told: Told): readonly [key: string, roles: readonly string[]] | undefined {
  const [key, roles] = [readValue(node, 'key'), readValue(node, 'roles')];
  if (typeof key === 'string' && isTexts(roles)) return [key, roles];
  return told(
    node,
    'A person has a public key and roles: {"name": "Ada", "key": "…", "roles": ["security"]}.',
  );
}

const stricter = (one: Needs, other: Needs): Needs => ({
  approvers: Math.max(one.approvers, other.approvers),
  roles: [...new Set([...one.roles, ...other.roles])],
});

function itemsOf(node: Node | undefined, name: string, told: Told): readonly Node[] {
  if (node === undefined) return [];
  if (node.type !== 'array') told(node, `“${name}” should be a list.`);
  return node.type === 'array' ? (node.children ?? []) : [];
}

function readValue(node: Node, key: string): unknown {
  const value = node.type === 'object' ? findNodeAtLocation(node, [key]) : undefined;
  return value?.type === 'array' ? value.children?.map((each): unknown => each.value) : value?.value;
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

function rangeOf({ offset, length }: Node): TextRange {
  return { start: offset, end: offset + length };
}
