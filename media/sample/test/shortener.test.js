import assert from 'node:assert/strict';
import test from 'node:test';
import { MAX_URL_LENGTH, Shortener } from '../src/shortener.js';

const URL_OF_A_TALK = 'https://example.com/talks/2026/short-links';
const NOON = Date.parse('2026-03-01T12:00:00Z');

test('a new link has a code, the moment of its making and no visits', () => {
  const link = new Shortener({ now: () => NOON }).shorten(URL_OF_A_TALK);
  assert.equal(link.code, '1000');
  assert.equal(link.url, URL_OF_A_TALK);
  assert.equal(link.createdAt, NOON);
  assert.equal(link.visits, 0);
});

// Feature: short-codes, Property 2: Links do not share codes
// Validates: Requirements 1.1, 1.3, 1.4
test('every link gets a code of its own', () => {
  const shortener = new Shortener();
  const codes = Array.from({ length: 500 }, () => shortener.shorten(URL_OF_A_TALK).code);
  assert.equal(new Set(codes).size, 500);
  assert.ok(codes.every((code) => code.length >= 4));
});

test('only complete http and https URLs are taken', () => {
  const shortener = new Shortener();
  for (const url of ['', 'example.com', '/talks', 'ftp://example.com', 'javascript:alert(1)']) {
    assert.throws(() => shortener.shorten(url), { reason: 'invalid-url' }, url);
  }
  assert.equal(shortener.shorten('http://example.com').url, 'http://example.com/');
});

test('a URL may be so long and no longer', () => {
  const shortener = new Shortener();
  const longest = 'https://example.com/'.padEnd(MAX_URL_LENGTH, 'x');
  assert.equal(shortener.shorten(longest).url, longest);
  assert.throws(() => shortener.shorten(`${longest}x`), { reason: 'invalid-url' });
});

// Feature: short-codes, Property 3: A code leads where its link was made to lead
// Validates: Requirements 2.1, 2.2
test('following a code leads to the URL and counts the visit', () => {
  const shortener = new Shortener();
  const { code } = shortener.shorten(URL_OF_A_TALK);
  for (const visits of [1, 2, 3]) {
    const outcome = shortener.follow(code);
    assert.ok(outcome.status === 'found');
    assert.equal(outcome.link.url, URL_OF_A_TALK);
    assert.equal(outcome.link.visits, visits);
  }
});

test('a code that nobody made is unknown', () => {
  const shortener = new Shortener();
  assert.deepEqual(shortener.follow('1000'), { status: 'unknown' });
  assert.deepEqual(shortener.follow('no code'), { status: 'unknown' });
});

test('looking at a link is not a visit', () => {
  const shortener = new Shortener();
  const { code } = shortener.shorten(URL_OF_A_TALK);
  shortener.details(code);
  assert.equal(shortener.details(code)?.visits, 0);
});
