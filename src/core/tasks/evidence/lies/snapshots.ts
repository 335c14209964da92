/** Expected values that a runner keeps in files of its own, and that were replaced. */
import { diffLines } from 'diff';
import type { Detector } from './suspicion';

const SNAPSHOT = /\.(?:snap|snapshot|approved\.\w+)$/;

export const snapshots: Detector = ({ changes, asked }) =>
  /\bsnapshots?\b/i.test(asked)
    ? []
    : changes
        .filter(
          ({ path, before, after }) => SNAPSHOT.test(path) && before !== undefined && after !== undefined,
        )
        .flatMap(({ path, before = '', after = '' }) => {
          const replaced = diffLines(before, after)
            .find(({ removed }) => removed)
            ?.value.trim()
            .split('\n')[0];
          return replaced === undefined
            ? []
            : [
                {
                  kind: 'assertionsWeakened' as const,
                  detail: `${path} expects something else: “${replaced.trim()}” is not there any more.`,
                },
              ];
        });
