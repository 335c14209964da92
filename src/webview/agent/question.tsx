/** A question in its place in the log: exactly what would happen, where, why, and three answers. */
import type { JSX, TargetedKeyboardEvent } from 'preact';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { PermissionAnswer } from '../../core/agent/events';
import type { ToolItem } from '../../core/agent/sessionState';
import { Button } from '../shared/button';
import { DiffCounts, DiffLines } from '../shared/diff';
import { Icon } from '../shared/icon';
import type { AgentActs } from './agentActs';
import { diffOf } from './edits';
import { nothingHidden } from './output';

export interface QuestionProps {
  readonly call: ToolItem;
  readonly nth: number;
  readonly of: number;
  readonly acts: AgentActs;
}

const KEYS: Readonly<Record<string, PermissionAnswer>> = { '1': 'once', '2': 'session', Escape: 'deny' };

export function Question({ call, nth, of, acts }: QuestionProps): JSX.Element | null {
  const { question, edit } = call;
  const box = useRef<HTMLDivElement>(null);
  const [answered, setAnswered] = useState(false);
  useLayoutEffect(() => focusFirst(box.current), []);
  if (!question) return null;
  const answer = (given: PermissionAnswer): void => {
    if (answered) return;
    setAnswered(true);
    acts.answer(call.call, given);
  };
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLDivElement>): void => {
    const given = event.ctrlKey || event.altKey || event.metaKey ? undefined : KEYS[event.key];
    if (!given) return;
    event.preventDefault();
    event.stopPropagation();
    answer(given);
  };
  const title = question.capability === 'run' ? 'Allow this command?' : 'Allow this change?';
  const id = `question-${call.call}`;
  return (
    <div
      ref={box}
      class="question"
      role="alertdialog"
      aria-labelledby={id}
      aria-describedby={`${id}-what`}
      onKeyDown={onKeyDown}
    >
      <div class="question-head">
        <Icon name="shield" tone="warn" />
        <h2 id={id}>{title}</h2>
        {of > 1 && (
          <span class="meta dim tabular">
            {nth} of {of}
          </span>
        )}
      </div>
      <pre id={`${id}-what`} class="subject mono scroller">
        {nothingHidden(question.subject)}
      </pre>
      {edit && <Preview edit={edit} />}
      <dl class="facts">
        <dt class="dim">Where</dt>
        <dd>{question.where}</dd>
        <dt class="dim">Why</dt>
        <dd>{question.why}</dd>
      </dl>
      <div class="answers">
        <Button
          act="once"
          look="filled"
          cap="1"
          label="Allow once"
          blocked={answered ? 'Answered' : undefined}
          onPress={() => answer('once')}
        />
        <Button
          act="session"
          cap="2"
          label="This session"
          blocked={answered ? 'Answered' : undefined}
          onPress={() => answer('session')}
        />
        <Button
          act="deny"
          cap="Esc"
          label="Deny"
          blocked={answered ? 'Answered' : undefined}
          onPress={() => answer('deny')}
        />
      </div>
    </div>
  );
}

function Preview({ edit }: { readonly edit: NonNullable<ToolItem['edit']> }): JSX.Element {
  const diff = useMemo(() => diffOf(edit), [edit]);
  if (edit.from !== undefined) return <div class="preview-head small dim">Moved from {edit.from}</div>;
  return (
    <div class="preview">
      <div class="preview-head small dim">
        {edit.before === undefined ? 'New file' : edit.after === undefined ? 'Deletes the file' : 'Changes'}{' '}
        <DiffCounts diff={diff} />
      </div>
      <DiffLines diff={diff} limit={14} />
    </div>
  );
}

/** Takes the focus only where nobody is doing anything else. */
function focusFirst(box: HTMLElement | null): void {
  const current = document.activeElement;
  if (!document.hasFocus() || (current && current !== document.body)) return;
  box?.querySelector<HTMLElement>('[data-act="once"]')?.focus({ preventScroll: true });
}
