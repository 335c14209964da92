/** Words with their mentions drawn as chips. */
import type { ComponentChildren, JSX } from 'preact';
import type { AttachmentLabel } from '../../../core/agent/turn/attachments';
import { plural } from '../../shared/format';
import { Icon } from '../../shared/icon';
import { mentionIcon } from './completion';

export interface MentionTextProps {
  readonly text: string;
  /** Only what was attached is a chip: anything else behind a `#` is just text. */
  readonly attachments: readonly AttachmentLabel[];
  readonly onOpen: (path: string) => void;
}

export function MentionText({ text, attachments, onOpen }: MentionTextProps): JSX.Element {
  const mentions = attachments.filter(({ type }) => type === 'text');
  const parts: ComponentChildren[] = [];
  let at = 0;
  while (at < text.length) {
    const next = nextMention(text, at, mentions);
    if (!next) break;
    parts.push(text.slice(at, next.start));
    parts.push(<MentionChip key={next.start} mention={next.mention} onOpen={onOpen} />);
    at = next.start + next.mention.label.length;
  }
  parts.push(text.slice(at));
  return <>{parts}</>;
}

function nextMention(text: string, from: number, mentions: readonly AttachmentLabel[]) {
  const found = mentions
    .map((mention) => ({ mention, start: text.indexOf(mention.label, from) }))
    .filter(({ start }) => start >= 0);
  // Of two that begin at the same place, the longer one.
  return found.sort((a, b) => a.start - b.start || b.mention.label.length - a.mention.label.length)[0];
}

interface ChipProps {
  readonly mention: AttachmentLabel;
  readonly onOpen: (path: string) => void;
}

function MentionChip({ mention, onOpen }: ChipProps): JSX.Element {
  const { label, lines } = mention;
  const [, kind, argument] = /^#([a-z]+):?"?(.*?)"?$/.exec(label) ?? [];
  const title = `${label}${lines === undefined ? '' : `, ${plural(lines, 'line')} attached`}`;
  const words = kind === 'file' && argument ? argument.slice(argument.lastIndexOf('/') + 1) : label.slice(1);
  const inside = (
    <>
      <Icon name={mentionIcon(label)} small />
      {words}
    </>
  );
  if (kind !== 'file' || !argument)
    return (
      <span class="mention" title={title}>
        {inside}
      </span>
    );
  return (
    <button type="button" class="mention" title={title} onClick={() => onOpen(argument)}>
      {inside}
    </button>
  );
}
