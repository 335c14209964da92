/** A finding as the editor shows it: sign, sentence, rule, and the fix behind the light bulb. */
import type { JSX } from 'preact';
import type { ReviewFinding } from '../../protocol/review';
import { Button } from '../shared/button';
import { Icon } from '../shared/icon';
import { SEVERITY_SIGNS } from './words';

export interface FindingLineProps {
  readonly finding: ReviewFinding;
  /** The key that applies the fix, where there is one. */
  readonly shortcut: string | undefined;
  readonly tabIndex: number;
  readonly onFix: (finding: ReviewFinding) => void;
  /** Opens the document at the finding; left out where the row does that. */
  readonly onOpen?: (offset: number) => void;
}

export function FindingLine({ finding, shortcut, tabIndex, onFix, onOpen }: FindingLineProps): JSX.Element {
  const sign = SEVERITY_SIGNS[finding.severity];
  return (
    <div class="finding small">
      <Icon name={sign.icon} tone={sign.tone} small />
      <span class="finding-words">
        <span class="visually-hidden">{finding.severity}: </span>
        {finding.message} <code class="rule mono">{finding.rule}</code>
      </span>
      {finding.fix !== undefined && (
        <Button
          act="fix"
          look="inline"
          icon="lightbulb"
          label={finding.fix}
          shortcut={shortcut}
          tabIndex={tabIndex}
          onPress={() => onFix(finding)}
        />
      )}
      {onOpen && (
        <Button
          act="open"
          look="inline"
          label="Open"
          tabIndex={tabIndex}
          onPress={() => onOpen(finding.offset)}
        />
      )}
    </div>
  );
}
