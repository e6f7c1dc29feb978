import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type Caret,
  caretOn,
  extendCaret,
  moveCaret,
  segmentText,
  selectedSpan,
} from '@/app/reader/select/keyboard-caret';

const TEXT = 'Одна из нездоровой шумихи, 𝔸 день.';
const words = segmentText(TEXT, 'word', 'ru');
const characters = segmentText(TEXT, 'character', 'ru');
const chosen = (caret: Caret) => {
  const { start, end } = selectedSpan(caret);
  return [...TEXT].slice(start, end).join('');
};
const on = (word: string) =>
  caretOn(words.find((span) => [...TEXT].slice(span.start, span.end).join('') === word)!);

test('words are found in code points, punctuation left out', () => {
  const texts = words.map(({ start, end }) => [...TEXT].slice(start, end).join(''));
  assert.deepEqual(texts, ['Одна', 'из', 'нездоровой', 'шумихи', '𝔸', 'день']);
});

test('a combining mark stays with its letter', () => {
  assert.deepEqual(segmentText('e\u0301a', 'character', 'en', 10), [
    { start: 10, end: 12 },
    { start: 12, end: 13 },
  ]);
});

test('the caret goes word by word and stops at the ends', () => {
  let caret = on('Одна');
  caret = moveCaret(caret, words, true);
  assert.equal(chosen(caret), 'из');
  assert.equal(chosen(moveCaret(caret, words, false)), 'Одна');
  assert.equal(chosen(moveCaret(on('день'), words, true)), 'день');
  assert.equal(chosen(moveCaret(on('Одна'), words, false)), 'Одна');
});

test('the selection grows and shrinks by words in both directions', () => {
  let caret = extendCaret(on('нездоровой'), words, true);
  assert.equal(chosen(caret), 'нездоровой шумихи');
  caret = extendCaret(caret, words, false);
  assert.equal(chosen(caret), 'нездоровой');
  caret = extendCaret(caret, words, false);
  assert.equal(chosen(caret), 'из нездоровой');
  caret = extendCaret(caret, words, true);
  assert.equal(chosen(caret), 'нездоровой');
});

test('the selection grows by single characters', () => {
  let caret = extendCaret(on('шумихи'), characters, true);
  assert.equal(chosen(caret), 'шумихи,');
  caret = extendCaret(caret, characters, false);
  caret = extendCaret(caret, characters, false);
  assert.equal(chosen(caret), 'й шумихи');
});

test('moving on lets go of what was chosen', () => {
  const caret = extendCaret(on('из'), words, true);
  assert.equal(chosen(moveCaret(caret, words, true)), 'шумихи');
  assert.equal(chosen(moveCaret(on('шумихи'), characters, true)), 'у');
});
