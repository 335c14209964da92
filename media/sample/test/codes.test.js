import assert from 'node:assert/strict';
import test from 'node:test';
import { decode, encode, FIRST_ID } from '../src/codes.js';

test('a code counts in base 62', () => {
  assert.equal(encode(0), '0');
  assert.equal(encode(61), 'z');
  assert.equal(encode(62), '10');
});

test('the first id has a code of four characters', () => {
  assert.equal(encode(FIRST_ID), '1000');
});

test('what is not an id has no code', () => {
  for (const id of [-1, 0.5, NaN, Infinity, Number.MAX_SAFE_INTEGER + 1]) {
    assert.throws(() => encode(id), RangeError);
  }
});

test('what is not a code has no id', () => {
  for (const text of ['', '-', 'a b', 'é', '01', '000', 'favicon.ico', 'zzzzzzzzz', 'zzzzzzzzzz']) {
    assert.equal(decode(text), undefined, text);
  }
});

// Feature: short-codes, Property 1: Codes and ids round-trip
// Validates: Requirements 1.2, 1.4
test('every id comes back from its code', () => {
  const edges = [0, 1, 61, 62, FIRST_ID - 1, FIRST_ID, Number.MAX_SAFE_INTEGER];
  const spread = Array.from({ length: 1000 }, (_, i) => Math.floor((i / 1000) ** 8 * 2 ** 53));
  for (const id of [...edges, ...spread]) {
    assert.match(encode(id), /^[0-9A-Za-z]+$/);
    assert.equal(decode(encode(id)), id);
  }
});
