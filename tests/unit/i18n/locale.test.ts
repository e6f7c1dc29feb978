import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import compile from 'icu-minify/compile';
import { negotiateLocale } from '@/lib/i18n';
import { makeTranslate } from '@/lib/i18n/translate';
import { fc } from '../../support/seeded-fast-check';

describe('negotiateLocale', () => {
  const cases: [cookie: string | undefined, accept: string | undefined, locale: string][] = [
    ['ro', 'ru', 'ro'],
    ['de', 'ru', 'ru'],
    [undefined, 'ru-RU,ru;q=0.9,en;q=0.5', 'ru'],
    [undefined, 'ro-MD', 'ro'],
    [undefined, 'en;q=0.1,ru;q=0.7', 'ru'],
    [undefined, 'de', 'en'],
    [undefined, '*', 'en'],
    [undefined, undefined, 'en'],
  ];
  for (const [cookie, accept, locale] of cases)
    it(`answers ${locale} to cookie ${cookie} and Accept-Language ${accept}`, () => {
      assert.equal(negotiateLocale(cookie, accept), locale);
    });
});

describe('makeTranslate', () => {
  const translate = makeTranslate<'notes' | 'absent'>('ru', {
    notes: compile('{n, plural, one {# заметка} few {# заметки} many {# заметок} other {# заметки}}'),
  });
  it('counts as Russian does', () => {
    assert.deepEqual(
      [1, 3, 11, 21].map((n) => translate('notes', { n })),
      ['1 заметка', '3 заметки', '11 заметок', '21 заметка'],
    );
  });
  it('writes counts as Intl does', () => {
    for (const locale of ['en', 'ru', 'ro'] as const) {
      const { format } = new Intl.NumberFormat(locale);
      const count = makeTranslate<'n'>(locale, { n: compile('{n, plural, other {#}}') });
      fc.assert(fc.property(fc.maxSafeNat(), (n) => assert.equal(count('n', { n }), format(n))));
      for (const n of [999, 1000, 999_999, 1_000_000, -1000, 1234.5])
        assert.equal(count('n', { n }), format(n));
    }
  });
  it('gives back a key that it does not know', () => {
    assert.equal(translate('absent'), 'absent');
    assert.equal(makeTranslate<string>('ru', {})('Try in {n} s.', { n: 3 }), 'Try in 3 s.');
  });
});
