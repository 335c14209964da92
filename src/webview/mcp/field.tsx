/** One field of a form, with its name, what it takes, and what is wrong with it. */
import type { JSX } from 'preact';
import type { FieldValue, FormField } from '../../core/mcp/forms/form';
import { Icon } from '../shared/icon';
import { toggled } from '../shared/keptState';
import { limitsOf } from './values';

export interface FieldProps {
  readonly field: FormField;
  readonly value: FieldValue;
  readonly problem: string | undefined;
  /** What it is called on the wire, beside its title. */
  readonly showsName: boolean;
  readonly onChange: (value: FieldValue) => void;
}

export function Field(props: FieldProps): JSX.Element {
  const { field, problem, showsName } = props;
  const { name, title, description, required, type } = field;
  const shown = { title, required, name: showsName ? name : undefined };
  const id = `field-${name}`;
  const limits = limitsOf(field);
  const about = [description, description === '' ? sentence(limits) : limits].filter((part) => part !== '');
  const described = [about.length > 0 ? `${id}-about` : '', problem === undefined ? '' : `${id}-problem`]
    .filter((each) => each !== '')
    .join(' ');
  const control = {
    id,
    'data-field': name,
    'aria-required': required,
    'aria-invalid': problem !== undefined,
    'aria-describedby': described === '' ? undefined : described,
  };
  const isGroup = type === 'choices';
  return (
    <div class={problem === undefined ? 'form-field' : 'form-field is-wrong'}>
      {type === 'boolean' ? (
        <label class="form-check" for={id}>
          <Tick {...props} {...{ control }} />
          <Title {...shown} />
        </label>
      ) : isGroup ? (
        <span class="form-label" id={`${id}-name`}>
          <Title {...shown} />
        </span>
      ) : (
        <label class="form-label" for={id}>
          <Title {...shown} />
        </label>
      )}
      {about.length > 0 && (
        <p class="small dim form-about" id={`${id}-about`}>
          {about.join(' · ')}
        </p>
      )}
      {type !== 'boolean' && <Control {...props} {...{ control }} />}
      {problem !== undefined && (
        <p class="small form-problem" id={`${id}-problem`}>
          <Icon name="error" tone="err" small /> {problem}
        </p>
      )}
    </div>
  );
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

interface Named extends Pick<FormField, 'title' | 'required'> {
  readonly name: string | undefined;
}

function Title({ title, name, required }: Named): JSX.Element {
  return (
    <span>
      {title}
      {name !== undefined && title !== name && <code class="mono dim"> {name}</code>}
      {!required && <span class="small dim"> optional</span>}
    </span>
  );
}

interface ControlProps extends FieldProps {
  readonly control: {
    readonly id: string;
    readonly 'data-field': string;
    readonly 'aria-required': boolean;
    readonly 'aria-invalid': boolean;
    readonly 'aria-describedby': string | undefined;
  };
}

function Tick({ value, onChange, control }: ControlProps): JSX.Element {
  return (
    <input
      {...control}
      type="checkbox"
      checked={value === true}
      onChange={({ currentTarget }) => onChange(currentTarget.checked)}
    />
  );
}

function Control(props: ControlProps): JSX.Element {
  const { type, multiline } = props.field;
  if (type === 'choice') return <Choice {...props} />;
  if (type === 'choices') return <Choices {...props} />;
  return type === 'json' || multiline ? <Area {...props} /> : <Line {...props} />;
}

function Choice({ field: { required, choices }, value, onChange, control }: ControlProps): JSX.Element {
  return (
    <select
      {...control}
      class="form-select"
      value={textOf(value)}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    >
      {(!required || value === '') && <option value="">{required ? 'Choose…' : 'Leave out'}</option>}
      {choices.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {choice.label}
        </option>
      ))}
    </select>
  );
}

function Choices({ field: { choices }, value, onChange, control }: ControlProps): JSX.Element {
  const chosen = Array.isArray(value) ? value : [];
  return (
    <fieldset
      id={control.id}
      class="form-choices"
      data-field={control['data-field']}
      aria-labelledby={`${control.id}-name`}
      aria-describedby={control['aria-describedby']}
    >
      {choices.map((choice) => (
        <label key={choice.value} class="form-check">
          <input
            type="checkbox"
            checked={chosen.includes(choice.value)}
            onChange={() => onChange(toggled(chosen, choice.value))}
          />
          {choice.label}
        </label>
      ))}
    </fieldset>
  );
}

function Area({ field: { type }, value, onChange, control }: ControlProps): JSX.Element {
  const isJson = type === 'json';
  const lines = textOf(value).split('\n').length;
  return (
    <textarea
      {...control}
      class={isJson ? 'form-text mono' : 'form-text'}
      rows={Math.min(12, Math.max(isJson ? 3 : 1, lines))}
      value={textOf(value)}
      spellcheck={!isJson}
      placeholder={isJson ? '{ … } or [ … ]' : undefined}
      onInput={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}

function Line({ field: { type }, value, onChange, control }: ControlProps): JSX.Element {
  const isNumber = type === 'number' || type === 'integer';
  return (
    <input
      {...control}
      class="text-input"
      type="text"
      inputMode={isNumber ? 'decimal' : 'text'}
      autocomplete="off"
      value={textOf(value)}
      onInput={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}

function textOf(value: FieldValue): string {
  return typeof value === 'string' ? value : '';
}
