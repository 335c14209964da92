import assert from 'node:assert/strict';
import test from 'node:test';
import { encode } from '../src/codes.js';
import { Store } from '../src/store.js';

/** @param {number} id */
const link = (id) => ({ id, code: encode(id), url: 'https://example.com/', createdAt: 0, visits: 0 });

test('a new store is empty', () => {
  const store = new Store();
  assert.equal(store.size, 0);
  assert.equal(store.get(1), undefined);
});

test('a link is found by its id', () => {
  const store = new Store();
  store.put(link(1));
  assert.deepEqual(store.get(1), link(1));
});

test('putting a link with the same id replaces it', () => {
  const store = new Store();
  store.put(link(1));
  store.put({ ...link(1), visits: 7 });
  assert.equal(store.size, 1);
  assert.equal(store.get(1)?.visits, 7);
});

test('no id is given out twice', () => {
  const store = new Store();
  const ids = Array.from({ length: 100 }, () => store.nextId());
  assert.equal(new Set(ids).size, 100);
});
