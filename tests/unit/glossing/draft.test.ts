import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type Draft,
  dropDraft,
  listDrafts,
  loadDraft,
  type Purpose,
  saveDraft,
} from '@/app/editions/_glossing/draft';

function makeStorage(): Storage {
  const items = new Map<string, string>();
  return {
    get length() {
      return items.size;
    },
    key: (i) => [...items.keys()][i] ?? null,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
    clear: () => items.clear(),
  };
}

const desk = { user: 'u1', group: 'g', edition: 'e', section: 'doc1' };
const gloss: Purpose = { what: 'gloss', target: { section: 'doc1', start: 3, end: 8, exact: 'слова' } };
const makeDraft = (overrides: Partial<Draft> = {}): Draft => ({
  purpose: gloss,
  fields: { body: 'typed', kind: 'gloss', tags: [], visibility: 'group' },
  open: true,
  saved: 1,
  ...overrides,
});

test('a draft comes back as it was typed, until it is dropped', () => {
  const storage = makeStorage();
  assert.equal(saveDraft(storage, desk, makeDraft()), true);
  assert.deepEqual(loadDraft(storage, desk, gloss), makeDraft());
  dropDraft(storage, desk, gloss);
  assert.equal(loadDraft(storage, desk, gloss), null);
});

test('drafts of another person, group or section stay theirs', () => {
  const storage = makeStorage();
  saveDraft(storage, desk, makeDraft());
  saveDraft(storage, { ...desk, user: 'u2' }, makeDraft({ saved: 2 }));
  saveDraft(storage, { ...desk, section: 'doc1/x' }, makeDraft({ saved: 3 }));
  assert.equal(listDrafts(storage, desk).length, 1);
});

test('the newest draft comes first', () => {
  const storage = makeStorage();
  saveDraft(storage, desk, makeDraft());
  const reply: Purpose = { what: 'reply', to: 'n1', root: 'n1' };
  saveDraft(storage, desk, makeDraft({ purpose: reply, saved: 9 }));
  assert.deepEqual(
    listDrafts(storage, desk).map((draft) => draft.saved),
    [9, 1],
  );
});

test('rubbish in storage, and a browser that keeps nothing, do no harm', () => {
  const storage = makeStorage();
  storage.setItem('scholion.draft/u1/g/e/doc1/gloss:doc1:3-8', '{"purpose":1}');
  assert.equal(loadDraft(storage, desk, gloss), null);
  const full = {
    ...makeStorage(),
    setItem() {
      throw new Error('QuotaExceededError');
    },
  };
  assert.equal(saveDraft(full, desk, makeDraft()), false);
});
