import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findQuote } from '@/lib/anchoring';

const TEXT =
  'Стороны хотят, чтобы на границах был мир и порядок. Обе стороны обязуются уважать суверенитет друг друга, и соблюдать договоры.';
const at = (exact: string) => {
  const start = TEXT.indexOf(exact);
  return { state: 'exact', start, end: start + exact.length };
};
const absent = { state: 'orphaned', why: 'absent' };

describe('a quote', () => {
  it('that is short and stands once is found without context', () => {
    assert.deepEqual(findQuote(TEXT, { exact: 'мир' }), at('мир'));
  });

  it('that is short is not attached where nothing of its context agrees', () => {
    assert.deepEqual(findQuote(TEXT, { exact: 'мир', prefix: 'Война и ', suffix: ' Толстого' }), absent);
    assert.deepEqual(findQuote(TEXT, { exact: 'мир', prefix: 'весь ' }), absent);
  });

  it('is not attached for a letter that agrees by chance', () => {
    assert.deepEqual(findQuote(TEXT, { exact: 'мир', prefix: 'труд, май л', suffix: ' или война' }), absent);
  });

  it('is found where a side of its context agrees', () => {
    assert.deepEqual(findQuote(TEXT, { exact: 'мир', prefix: 'был ', suffix: ', а не война' }), at('мир'));
    assert.deepEqual(
      findQuote(TEXT, { exact: 'мир', prefix: 'пусть будет ', suffix: ' и порядок' }),
      at('мир'),
    );
  });

  it('is found by trimmed context', () => {
    assert.deepEqual(
      findQuote(TEXT, { exact: 'мир', prefix: 'границах был', suffix: 'и порядок' }),
      at('мир'),
    );
  });

  it('is found by as little context as was given', () => {
    assert.deepEqual(findQuote(TEXT, { exact: 'мир', suffix: 'и' }), at('мир'));
  });

  it('that is long and stands once may do without its context', () => {
    const exact = 'обязуются уважать суверенитет друг друга';
    assert.deepEqual(findQuote(TEXT, { exact, prefix: 'Hence they ', suffix: ' for ever' }), at(exact));
  });

  it('that stands twice is decided by context alone', () => {
    const twice = `${TEXT}\n${TEXT}`;
    const exact = 'обязуются уважать суверенитет друг друга';
    const why = { state: 'orphaned', why: 'ambiguous' };
    assert.deepEqual(findQuote(twice, { exact, prefix: 'Hence they ' }), why);
    const found = findQuote(twice, { exact, suffix: ', и соблюдать договоры.\nСтороны' });
    assert.deepEqual(found, at(exact));
  });

  it('is found by its words, whatever white space and unseen characters a page has put between them', () => {
    const text = 'Из-за нездоровой шумихи,\nподнятой там.';
    const range = { state: 'exact', start: 6, end: 23 };
    for (const exact of [
      'нездоровой\u00a0шумихи',
      'нездоровой\n   шумихи',
      ' нездоро\u00adвой \u200bшумихи\ufeff\n',
    ])
      assert.deepEqual(findQuote(text, { exact }), range, JSON.stringify(exact));
    assert.deepEqual(findQuote(text, { exact: 'шумихи, поднятой' }), { state: 'exact', start: 17, end: 33 });
    assert.deepEqual(findQuote(text, { exact: 'нездо ровой шумихи' }), { state: 'orphaned', why: 'absent' });
    assert.deepEqual(
      findQuote(text, { exact: 'нездоровой\u00a0шумихи', prefix: 'совсем ', suffix: ' иначе' }),
      {
        state: 'orphaned',
        why: 'absent',
      },
    );
  });

  it('is looked for inside the range that is named', () => {
    const within = { start: TEXT.indexOf('Обе'), end: TEXT.length };
    assert.deepEqual(findQuote(TEXT, { exact: 'мир', within }), absent);
    const start = TEXT.indexOf('друг');
    assert.deepEqual(findQuote(TEXT, { exact: 'друг ', within }), { state: 'exact', start, end: start + 5 });
  });
});
