/** A question in its place in the log: exactly what would happen, where and why, which rule would allow it, and the answers. */

import type { JSX, TargetedKeyboardEvent } from 'preact';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { FileEdit } from '../../../core/agent/session/events';
import type { ToolItem } from '../../../core/agent/session/sessionState';
import { Button } from '../../shared/button';
import { DiffCounts, DiffLines } from '../../shared/diff';
import { takeFocus } from '../../shared/focus';
import { Icon } from '../../shared/icon';
import type { AgentActs } from '../agentActs';
import { diffOf, editsOf } from '../log/edits';
import { nothingHidden } from '../log/output';
import { PatternRows } from './patternRows';

export interface QuestionProps {
  readonly call: ToolItem;
  readonly nth: number;
  readonly of: number;
  readonly acts: AgentActs;
}

const SCOPES = ['session', 'workspace', 'always'] as const;
const KEYS: Readonly<Record<string, Chosen>> = {
  '1': 'once',
  '2': 'session',
  '3': 'workspace',
  '4': 'always',
  Escape: 'deny',
};

type Chosen = 'once' | 'deny' | (typeof SCOPES)[number];

export function Question({ call, nth, of, acts }: QuestionProps): JSX.Element | null {
  const { question, edit, refusal } = call;
  const box = useRef<HTMLDivElement>(null);
  const [answered, setAnswered] = useState(false);
  const needs = question?.needs ?? [];
  const [patterns, setPatterns] = useState(() => needs.map(({ pattern }) => pattern));
  useLayoutEffect(() => focusFirst(box.current), []);
  // An answer that was not taken may be given again.
  useLayoutEffect(() => setAnswered(false), [refusal?.seq]);
  if (!question) return null;
  const canRemember = question.onceOnly === undefined && needs.length > 0;
  const answer = (chosen: Chosen): void => {
    const plain = chosen === 'once' || chosen === 'deny';
    if (answered || !(plain || canRemember)) return;
    setAnswered(true);
    // The buttons go away, and the focus with them: back to where the next words are written.
    if (plain) takeFocus(document.querySelector<HTMLElement>('.composer-text'));
    acts.answer(call.call, plain ? chosen : { allow: chosen, patterns });
  };
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLDivElement>): void => {
    const given = event.ctrlKey || event.altKey || event.metaKey ? undefined : KEYS[event.key];
    if (!given) return;
    event.preventDefault();
    event.stopPropagation();
    answer(given);
  };
  const id = `question-${call.call}`;
  const blocked = answered ? 'Answered' : undefined;
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
        <h2 id={id}>{TITLES[question.capability]}</h2>
        {of > 1 && (
          <span class="meta dim tabular">
            {nth} of {of}
          </span>
        )}
      </div>
      <pre id={`${id}-what`} class="subject mono scroller">
        {nothingHidden(question.subject)}
      </pre>
      {editsOf(edit).map((each, index) => (
        <Preview key={each.path} edit={each} name={index > 0 ? each.path : undefined} />
      ))}
      <dl class="facts">
        <dt class="dim">Where</dt>
        <dd>{question.where}</dd>
        <dt class="dim">Why</dt>
        <dd>{question.why}</dd>
        {question.onceOnly !== undefined && (
          <>
            <dt class="dim">Rule</dt>
            <dd>{nothingHidden(question.onceOnly)}</dd>
          </>
        )}
        {canRemember && (
          <PatternRows
            needs={needs}
            subject={question.subject}
            patterns={patterns}
            refused={refusal?.need}
            refusal={`${id}-refused`}
            onChange={(index, pattern) => setPatterns(patterns.with(index, pattern))}
            onLeave={(to) => takeFocus(box.current?.querySelector<HTMLElement>(`[data-act="${to}"]`))}
          />
        )}
      </dl>
      {refusal && !answered && (
        <p id={`${id}-refused`} class="refused small" role="alert">
          <Icon name="error" tone="err" />
          <span>{nothingHidden(refusal.why)}</span>
        </p>
      )}
      <div class="answers">
        <Button
          act="once"
          look="filled"
          cap="1"
          label="Allow once"
          blocked={blocked}
          onPress={() => answer('once')}
        />
        {canRemember &&
          SCOPES.map((scope, index) => (
            <Button
              key={scope}
              act={scope}
              cap={`${index + 2}`}
              label={LABELS[scope].label}
              title={LABELS[scope].title}
              blocked={blocked}
              onPress={() => answer(scope)}
            />
          ))}
        <Button act="deny" cap="Esc" label="Deny" blocked={blocked} onPress={() => answer('deny')} />
      </div>
    </div>
  );
}

const TITLES = {
  run: 'Allow this command?',
  write: 'Allow this change?',
  fetch: 'Allow reading this web page?',
  mcp: 'Allow this call of a server’s tool?',
  subagent: 'Allow this sub-agent?',
} as const;

const LABELS = {
  session: { label: 'Session', title: 'Allow what the pattern matches until this session ends' },
  workspace: { label: 'Workspace', title: 'Allow what the pattern matches in this workspace, for you' },
  always: { label: 'Always', title: 'Allow what the pattern matches in every workspace of yours' },
} as const;

interface PreviewProps {
  readonly edit: FileEdit;
  /** Of a file that the question's subject does not name. */
  readonly name: string | undefined;
}

function Preview({ edit, name }: PreviewProps): JSX.Element {
  const diff = useMemo(() => diffOf(edit), [edit]);
  if (edit.from !== undefined) return <div class="preview-head small dim">Moved from {edit.from}</div>;
  return (
    <div class="preview">
      <div class="preview-head small dim">
        {name !== undefined && <span class="mono">{name} </span>}
        {edit.before === undefined ? 'New file' : edit.after === undefined ? 'Deletes the file' : 'Changes'}{' '}
        <DiffCounts diff={diff} />
      </div>
      <DiffLines diff={diff} limit={14} />
    </div>
  );
}

/** Nobody is writing there. */
function isEmptyComposer(element: Element): boolean {
  return element instanceof HTMLTextAreaElement && element.matches('.composer-text') && element.value === '';
}

/** Takes the focus only where nobody is doing anything else. */
function focusFirst(box: HTMLElement | null): void {
  const current = document.activeElement;
  if (!document.hasFocus() || (current && current !== document.body && !isEmptyComposer(current))) return;
  takeFocus(box?.querySelector<HTMLElement>('[data-act="once"]'), { preventScroll: true });
}
