import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  acceptsTargets,
  deleteDraft,
  type EditorDraft,
  type EditorTarget,
  isChangedSince,
  listDrafts,
  loadDraft,
  saveDraft,
  textTargetsOf,
} from '@/app/reader/data/editor-draft';

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

const draftScope = { user: 'u1', group: 'g', edition: 'e', section: 'doc1' };
const gloss: EditorTarget = { what: 'gloss', target: { section: 'doc1', start: 3, end: 8, exact: 'слова' } };
const makeDraft = (overrides: Partial<EditorDraft> = {}): EditorDraft => ({
  purpose: gloss,
  fields: { body: 'typed', kind: 'gloss', tags: [], visibility: 'group' },
  open: true,
  saved: 1,
  ...overrides,
});

test('a draft comes back as it was typed, until it is dropped', () => {
  const storage = makeStorage();
  assert.equal(saveDraft(storage, draftScope, makeDraft()), true);
  assert.deepEqual(loadDraft(storage, draftScope, gloss), makeDraft());
  deleteDraft(storage, draftScope, gloss);
  assert.equal(loadDraft(storage, draftScope, gloss), null);
});

test('drafts of another person, group or section stay theirs', () => {
  const storage = makeStorage();
  saveDraft(storage, draftScope, makeDraft());
  saveDraft(storage, { ...draftScope, user: 'u2' }, makeDraft({ saved: 2 }));
  saveDraft(storage, { ...draftScope, section: 'doc1/x' }, makeDraft({ saved: 3 }));
  assert.equal(listDrafts(storage, draftScope).length, 1);
});

test('the newest draft comes first', () => {
  const storage = makeStorage();
  saveDraft(storage, draftScope, makeDraft());
  const reply: EditorTarget = { what: 'reply', to: 'n1', root: 'n1' };
  saveDraft(storage, draftScope, makeDraft({ purpose: reply, saved: 9 }));
  assert.deepEqual(
    listDrafts(storage, draftScope).map((draft) => draft.saved),
    [9, 1],
  );
});

test('rubbish in storage, and a browser that keeps nothing, do no harm', () => {
  const storage = makeStorage();
  storage.setItem('scholion.draft/u1/g/e/doc1/gloss:doc1:3-8', '{"purpose":1}');
  assert.equal(loadDraft(storage, draftScope, gloss), null);
  const full = {
    ...makeStorage(),
    setItem() {
      throw new Error('QuotaExceededError');
    },
  };
  assert.equal(saveDraft(full, draftScope, makeDraft()), false);
});

const whole = { section: 'doc1', start: null, end: null, exact: '' };
const region = { x: 1, y: 2, w: 3, h: 4, svg: null };
const drawn = { name: 'd1', canvas: 'p125', image: 'i1', region };
const onImage: EditorTarget & { what: 'gloss' } = { what: 'gloss', target: whole, drawn };

test('drafts on several parts of a page image are kept beside each other, wherever the part is drawn in the end', () => {
  const storage = makeStorage();
  saveDraft(storage, draftScope, makeDraft({ purpose: onImage }));
  saveDraft(storage, draftScope, makeDraft({ purpose: { ...onImage, drawn: { ...drawn, name: 'd2' } } }));
  saveDraft(
    storage,
    draftScope,
    makeDraft({ purpose: { ...onImage, drawn: { ...drawn, region: { ...region, x: 9 } } } }),
  );
  assert.equal(listDrafts(storage, draftScope).length, 2);
  assert.deepEqual(loadDraft(storage, draftScope, onImage)?.purpose, {
    ...onImage,
    drawn: { ...drawn, region: { ...region, x: 9 } },
  });
});

test('a gloss on a part of an image has only the passages that were added to it', () => {
  const passage = { section: 'doc1', start: 3, end: 8, exact: 'слова' };
  assert.deepEqual(textTargetsOf(onImage), []);
  assert.deepEqual(textTargetsOf({ ...onImage, more: [passage] }), [passage]);
  assert.deepEqual(textTargetsOf({ what: 'gloss', target: passage, drawn }), [passage]);
  assert.deepEqual(textTargetsOf({ what: 'gloss', target: whole }), [whole]);
});

test('a gloss on words or on an image takes more, one on the whole section does not', () => {
  assert.equal(acceptsTargets(onImage), true);
  assert.equal(acceptsTargets(gloss), true);
  assert.equal(acceptsTargets({ what: 'gloss', target: whole }), false);
  assert.equal(acceptsTargets({ what: 'reply', to: 'a', root: 'a' }), false);
});

test('a change knows what the note said when it was begun, and that it says something else now', () => {
  const fields = makeDraft().fields;
  const from = { version: 1, fields };
  const storage = makeStorage();
  const edit: EditorTarget = { what: 'edit', id: 'n', root: 'n' };
  saveDraft(storage, draftScope, makeDraft({ purpose: edit, from }));
  const stored = loadDraft(storage, draftScope, edit);
  assert.deepEqual(stored?.from, from);
  assert.equal(isChangedSince(stored?.from, { version: 2, fields: { ...fields, body: 'other' } }), true);
  assert.equal(isChangedSince(stored?.from, { version: 2, fields }), false, 'it was pinned');
  assert.equal(isChangedSince(stored?.from, from), false);
  assert.equal(isChangedSince(undefined, from), false);
});
