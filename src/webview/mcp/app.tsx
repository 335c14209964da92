/** A form: its fields, and for a call what came of it. */

import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { FieldValue } from '../../core/mcp/forms/form';
import type { FormCall, FormModel, FromForm, ToForm } from '../../protocol/mcp';
import { Button } from '../shared/button';
import { takeFocus } from '../shared/focus';
import type { Host } from '../shared/host';
import { Icon, Spinner } from '../shared/icon';
import { useKeptState } from '../shared/keptState';
import { useKeys } from '../shared/useKeys';
import { Field } from './field';
import { readUiState, shownValue } from './values';

export interface FormAppProps {
  readonly host: Host<FromForm, ToForm>;
  readonly model: FormModel;
}

export function FormApp({ host, model }: FormAppProps): JSX.Element {
  const { key, kind, server, title, message, note, fields, problems, call } = model;
  const [{ values }, patch] = useKeptState((kept) => readUiState(kept, key), host.kept, host.keep, key);
  const say = (said: FromForm) => host.channel.post(said);
  const isRunning = call?.state === 'running';
  const isEmpty = Object.keys(values).length === 0;
  const send = () => {
    // A server that asks gets what was proposed only when it was seen: all fields are sent as they are shown.
    const shown = Object.fromEntries(fields.map((field) => [field.name, shownValue(field, values)]));
    if (!isRunning) say({ type: 'send', values: shown });
  };
  const latest = useRef({ send, isRunning });
  latest.current = { send, isRunning };
  useKeys((event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) latest.current.send();
    else if (event.key === 'Escape' && latest.current.isRunning) say({ type: 'stop' });
    else return false;
    return true;
  });
  useEffect(() => focusField(fields[0]?.name), [key]);
  const wrong = fields.find(({ name }) => problems[name] !== undefined)?.name;
  useEffect(() => focusField(wrong), [problems]);

  return (
    <main class="form scroller">
      <header class="form-head">
        <p class="small dim">
          <Icon name={kind === 'ask' ? 'question' : 'server'} small /> {server}
          {kind === 'ask' && ' asks you'}
        </p>
        <h1>{title}</h1>
        {message !== '' && <p class="form-message">{message}</p>}
        {note !== undefined && (
          <p class="form-note small" role="note">
            <Icon name="shield" tone="warn" small /> {note}
          </p>
        )}
      </header>
      <form class="form-fields" onSubmit={(event) => event.preventDefault()} aria-label={title}>
        {fields.map((field) => (
          <Field
            key={field.name}
            field={field}
            value={shownValue(field, values)}
            problem={problems[field.name]}
            showsName={kind !== 'ask'}
            onChange={(value: FieldValue) => patch({ values: { ...values, [field.name]: value } })}
          />
        ))}
        {fields.length === 0 && <p class="dim">It takes nothing.</p>}
      </form>
      <div class="form-acts form-main">
        {isRunning ? (
          <Button
            icon="debug-stop"
            label="Stop"
            shortcut="Esc"
            act="stop"
            onPress={() => say({ type: 'stop' })}
          />
        ) : (
          <Button label={model.send} shortcut="Ctrl+Enter" look="filled" act="send" onPress={send} />
        )}
        {kind === 'ask' && <Button label="Decline" act="decline" onPress={() => say({ type: 'decline' })} />}
        {kind === 'call' && !isRunning && fields.length > 0 && (
          <Button
            look="bare"
            icon="discard"
            label="Start over"
            blocked={isEmpty ? 'Nothing is filled in' : undefined}
            onPress={() => patch({ values: {} })}
          />
        )}
      </div>
      <Outcome call={call} onCopy={() => say({ type: 'copy' })} />
    </main>
  );
}

interface OutcomeProps {
  readonly call: FormCall | undefined;
  readonly onCopy: () => void;
}

/** Announced when it comes: nobody has to look for it. */
function Outcome({ call, onCopy }: OutcomeProps): JSX.Element {
  return (
    <section class="form-outcome" aria-label="Result">
      <p class="form-state" role="status">
        {call?.state === 'running' && (
          <>
            <Spinner /> Waiting for the server
          </>
        )}
        {call?.state === 'done' && (
          <>
            <Icon name={call.ok ? 'pass' : 'error'} tone={call.ok ? 'ok' : 'err'} />
            {call.ok ? 'Answered' : 'Failed'} in {durationText(call.milliseconds)}
          </>
        )}
      </p>
      {call?.state === 'done' && (
        <>
          <textarea
            class="form-text mono form-result"
            readOnly
            aria-label={call.ok ? 'Answer' : 'Error'}
            rows={Math.min(20, Math.max(2, call.text.split('\n').length))}
            value={call.text === '' ? 'Nothing came back.' : call.text}
          />
          <div class="form-acts">
            <Button look="inline" icon="copy" label="Copy" onPress={onCopy} />
          </div>
          <details class="small">
            <summary class="dim">What was sent</summary>
            <pre class="mono form-sent">{call.sent}</pre>
          </details>
        </>
      )}
    </section>
  );
}

function durationText(milliseconds: number): string {
  return milliseconds < 1000 ? `${milliseconds} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

function focusField(name: string | undefined): void {
  if (name === undefined) return;
  for (const element of document.querySelectorAll<HTMLElement>('[data-field]')) {
    if (element.dataset.field !== name) continue;
    const within = element.matches('fieldset') ? element.querySelector('input') : element;
    takeFocus(within);
    return;
  }
}
