/** Evidence as others may read it: short, without secrets, without paths of this machine. Pure. */
import { redact } from '../../util/redact';
import type { CheckResult, ComparedCheck, Evidence } from './model';

/** Characters of a check's output, and names of tests, that are kept. */
const TAIL = 600;
const NAMES = 20;
const FILES = 300;

export function shareable(evidence: Evidence, root: string): Evidence {
  const text = (words: string) => shareableText(words, root);
  const result = ({
    outcome,
    exitCode,
    durationMs,
    tests,
    failing,
    why,
    tail,
  }: CheckResult): CheckResult => ({
    outcome,
    exitCode,
    durationMs,
    ...(tests && { tests }),
    ...(failing && { failing: failing.slice(0, NAMES).map(text) }),
    ...(why !== undefined && { why: text(why) }),
    // What went well needs no words.
    tail: outcome === 'passed' ? '' : text(tail).slice(-TAIL),
  });
  const check = ({ kind, command, source, before, after, verdict }: ComparedCheck): ComparedCheck => ({
    kind,
    command: text(command),
    source,
    ...(before && { before: result(before) }),
    after: result(after),
    verdict,
  });
  const { v, task, nothingToChange, despite, review, ...rest } = evidence;
  return {
    v,
    task,
    ...rest,
    reasons: evidence.reasons.map(text),
    checks: evidence.checks.map(check),
    files: evidence.files.slice(0, FILES),
    suspicions: evidence.suspicions.map(({ kind, detail }) => ({ kind, detail: text(detail) })),
    ...(nothingToChange !== undefined && { nothingToChange: text(nothingToChange) }),
    ...(despite !== undefined && { despite: text(despite) }),
    ...(review && { review: review.map((each) => ({ ...each, why: text(each.why) })) }),
  };
}

export function shareableText(words: string, root: string): string {
  return withoutPlaces(redact(words), root);
}

const HOME = /(?:file:\/\/)?(?:\/home|\/Users)\/[^/\s:"')]+|[A-Za-z]:\\Users\\[^\\\s:"')]+|\/root(?=\/)/g;

/** Below the workspace folder a path is told from there; a home is nobody's. */
function withoutPlaces(text: string, root: string): string {
  const spelled = [root, root.replaceAll('/', '\\')].map((folder) =>
    folder.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'),
  );
  const folder = new RegExp(`(?:file://)?(?:${spelled.join('|')})(?:([\\\\/])|(?![\\w.-]))`, 'gi');
  const below = root.length > 1 ? text.replace(folder, (_, slash?: string) => (slash ? '' : '.')) : text;
  return below.replace(HOME, '~');
}
