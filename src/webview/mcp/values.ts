/** What was typed in a form: kept over reloads, apart from secrets. Pure. */
import type { FieldValue, FormField, FormValues } from '../../core/mcp/forms/form';
import { asRecord } from '../shared/guards';

export interface UiState {
  readonly values: FormValues;
}

export function readUiState(kept: unknown, key: string): UiState {
  const state = asRecord(kept);
  if (state.spec !== key) return { values: {} };
  const values = Object.entries(asRecord(state.values)).filter((entry): entry is [string, FieldValue] =>
    isValue(entry[1]),
  );
  return { values: Object.fromEntries(values) };
}

function isValue(value: unknown): value is FieldValue {
  if (Array.isArray(value)) return value.every((each) => typeof each === 'string');
  return typeof value === 'string' || typeof value === 'boolean';
}

/** What a field shows: what was typed, or what its schema proposes. */
export function shownValue(field: FormField, values: FormValues): FieldValue {
  return values[field.name] ?? field.default ?? (field.type === 'choices' ? [] : '');
}

/** `whole number, at least 1, at most 7`: what a field takes, where its control does not say so. */
export function limitsOf({ type, minimum, maximum, format }: FormField): string {
  const unit = type === 'text' ? ' characters' : '';
  const parts = [
    KINDS[type] ?? '',
    type === 'text' ? (FORMATS[format ?? ''] ?? format ?? '') : '',
    minimum === undefined ? '' : `at least ${minimum}${unit}`,
    maximum === undefined ? '' : `at most ${maximum}${unit}`,
  ];
  return parts.filter((part) => part !== '').join(', ');
}

const KINDS: Readonly<Partial<Record<FormField['type'], string>>> = {
  json: 'JSON',
  number: 'number',
  integer: 'whole number',
};

const FORMATS: Readonly<Record<string, string>> = {
  email: 'an e-mail address',
  uri: 'an address, such as https://example.com',
  date: 'a date, such as 2026-01-31',
  'date-time': 'a time, such as 2026-01-31T09:30:00Z',
};
