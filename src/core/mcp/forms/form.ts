/** A JSON schema → the fields that a person fills in, and back to what is sent. One form for test calls and for what servers ask. */
export interface FormField {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly required: boolean;
  /** `choices`: several of them. `json`: what no field of a form can hold is written as JSON. */
  readonly type: 'text' | 'number' | 'integer' | 'boolean' | 'choice' | 'choices' | 'json';
  readonly multiline: boolean;
  /** What is sent, and what is shown. */
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly default: FieldValue | undefined;
  readonly format: string | undefined;
  /** Of a number, of the length of a text, of how many are chosen. */
  readonly minimum: number | undefined;
  readonly maximum: number | undefined;
}

/** What stands in a field: the text of an input, a tick, or what is ticked. */
export type FieldValue = string | boolean | readonly string[];

export type FormValues = Readonly<Record<string, FieldValue>>;

export interface FilledForm {
  readonly input: Readonly<Record<string, unknown>>;
  /** By the name of the field. */
  readonly problems: Readonly<Record<string, string>>;
}

type Schema = Readonly<Record<string, unknown>>;

/** The fields of an object's schema; what is no object takes none. */
export function fieldsOf(schema: Schema): readonly FormField[] {
  const required = new Set(Array.isArray(schema.required) ? schema.required : []);
  return Object.entries(asRecord(schema.properties)).map(([name, property]) =>
    fieldOf(name, asRecord(property), required.has(name)),
  );
}

function fieldOf(name: string, given: Schema, required: boolean): FormField {
  const { schema, nullable } = withoutNull(given);
  const type = typeOf(schema);
  const choices = type === 'choices' ? choicesOf(asRecord(schema.items)) : choicesOf(schema);
  return {
    name,
    title: text(schema.title) ?? name,
    description: text(schema.description) ?? text(given.description) ?? '',
    required: required && !nullable,
    type,
    choices,
    multiline: type === 'text' && schema.format === undefined && number(schema.maxLength) === undefined,
    default: defaultOf(type, given.default ?? schema.default),
    format: text(schema.format),
    minimum: number(schema.minimum) ?? number(schema.minLength) ?? number(schema.minItems),
    maximum: number(schema.maximum) ?? number(schema.maxLength) ?? number(schema.maxItems),
  };
}

/** `string | null` is a text that may be left out. */
function withoutNull(given: Schema): { readonly schema: Schema; readonly nullable: boolean } {
  const options = [given.anyOf, given.oneOf].find(Array.isArray);
  const some = options?.map(asRecord).filter(({ type }) => type !== 'null');
  const [only, ...more] = some ?? [];
  if (only && more.length === 0 && some?.length !== options?.length) return { schema: only, nullable: true };
  if (!Array.isArray(given.type)) return { schema: given, nullable: false };
  const [type, ...others] = given.type.filter((each) => each !== 'null');
  const nullable = given.type.includes('null');
  return { schema: { ...given, type: others.length === 0 ? type : undefined }, nullable };
}

function typeOf(schema: Schema): FormField['type'] {
  if (choicesOf(schema).length > 0) return 'choice';
  switch (schema.type) {
    case 'string':
      return 'text';
    case 'number':
    case 'integer':
    case 'boolean':
      return schema.type;
    case 'array':
      return choicesOf(asRecord(schema.items)).length > 0 ? 'choices' : 'json';
    default:
      return 'json';
  }
}

function choicesOf(schema: Schema): FormField['choices'] {
  const named = [schema.oneOf, schema.anyOf].find(Array.isArray)?.map(asRecord) ?? [];
  if (named.length > 0 && named.every((each) => typeof each.const === 'string'))
    return named.map((each) => ({
      value: String(each.const),
      label: text(each.title) ?? String(each.const),
    }));
  if (!Array.isArray(schema.enum) || !schema.enum.every((each) => typeof each === 'string')) return [];
  const names = Array.isArray(schema.enumNames) ? schema.enumNames : [];
  return schema.enum.map((value: string, index) => ({ value, label: text(names[index]) ?? value }));
}

function defaultOf(type: FormField['type'], value: unknown): FieldValue | undefined {
  if (value === undefined || value === null) return undefined;
  if (type === 'boolean') return value === true;
  if (type === 'choices') return Array.isArray(value) ? value.map(String) : undefined;
  if (type === 'json') return JSON.stringify(value, undefined, 2);
  return String(value);
}

/** What a form says, as the tool or server gets it; what is left empty is left out. */
export function readForm(fields: readonly FormField[], values: FormValues): FilledForm {
  const input: Record<string, unknown> = {};
  const problems: Record<string, string> = {};
  for (const field of fields) {
    const read = readField(field, values[field.name] ?? field.default);
    if ('problem' in read) problems[field.name] = read.problem;
    else if (read.value !== undefined) define(input, field.name, read.value);
  }
  return { input, problems };
}

/** A field may be called `__proto__`. */
function define(input: Record<string, unknown>, name: string, value: unknown): void {
  Object.defineProperty(input, name, { value, enumerable: true, configurable: true, writable: true });
}

type Read = { readonly value: unknown } | { readonly problem: string };

function readField(field: FormField, value: FieldValue | undefined): Read {
  if (field.type === 'boolean') {
    const left = value === undefined && !field.required;
    return { value: left ? undefined : value === true || value === 'true' };
  }
  if (field.type === 'choices') return readChoices(field, Array.isArray(value) ? value : []);
  const written = typeof value === 'string' ? value : '';
  if (written.trim() !== '') return READERS[field.type](field, written);
  if (!field.required) return { value: undefined };
  return { problem: field.type === 'choice' ? 'Choose one.' : 'Fill this in.' };
}

function readChoices({ required, minimum = 0, maximum }: FormField, chosen: readonly string[]): Read {
  if (chosen.length === 0) return required ? { problem: 'Choose at least one.' } : { value: undefined };
  if (chosen.length < minimum) return { problem: `Choose at least ${minimum}.` };
  if (maximum !== undefined && chosen.length > maximum) return { problem: `Choose at most ${maximum}.` };
  return { value: chosen };
}

const READERS: Readonly<
  Record<Exclude<FormField['type'], 'boolean' | 'choices'>, (field: FormField, written: string) => Read>
> = {
  text: readText,
  json: (_, written) => readJson(written),
  number: (field, written) => readNumber(field, Number(written)),
  integer: (field, written) => readNumber(field, Number(written)),
  choice: ({ choices }, written) =>
    choices.some(({ value }) => value === written) ? { value: written } : { problem: 'Choose one.' },
};

function readJson(written: string): Read {
  try {
    return { value: JSON.parse(written) };
  } catch {
    return { problem: 'This is not valid JSON. Texts stand in double quotes.' };
  }
}

function readNumber({ type, minimum, maximum }: FormField, value: number): Read {
  if (!Number.isFinite(value)) return { problem: 'This is no number.' };
  if (type === 'integer' && !Number.isInteger(value)) return { problem: 'Write a whole number.' };
  if (minimum !== undefined && value < minimum) return { problem: `Write at least ${minimum}.` };
  if (maximum !== undefined && value > maximum) return { problem: `Write at most ${maximum}.` };
  return { value };
}

const FORMATS: Readonly<Record<string, readonly [pattern: RegExp, problem: string]>> = {
  email: [/^[^\s@]+@[^\s@]+\.[^\s@]+$/, 'Write an e-mail address, name@example.com.'],
  uri: [/^[a-z][a-z0-9+.-]*:\S+$/i, 'Write an address, https://example.com.'],
  date: [/^\d{4}-\d{2}-\d{2}$/, 'Write a date, 2026-01-31.'],
  'date-time': [/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?.*$/, 'Write a time, 2026-01-31T09:30:00Z.'],
};

function readText({ format, minimum = 0, maximum }: FormField, value: string): Read {
  const [pattern, problem] = (format !== undefined && FORMATS[format]) || [];
  if (pattern && problem && !pattern.test(value.trim())) return { problem };
  // As a schema counts them.
  const { length } = [...value];
  if (length < minimum) return { problem: `Write at least ${minimum} characters.` };
  if (maximum !== undefined && length > maximum) return { problem: `Write at most ${maximum} characters.` };
  return { value };
}

function asRecord(value: unknown): Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function number(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
