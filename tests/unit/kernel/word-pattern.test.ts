import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { foldWords, wordPattern } from '@/lib/kernel/word-pattern';
import { fc } from '../../support/seeded-fast-check';

/** The first place of words in a text. */
function find(words: string, text: string): string | undefined {
  return new RegExp(wordPattern(foldWords(words), 'javascript'), 'u').exec(text)?.[0];
}

describe('words in a text', () => {
  it('are found whatever their accents, capitals and spaces', () => {
    assert.equal(find('еще', 'Он ЕЩЁ здесь'), 'ЕЩЁ');
    assert.equal(find('ещё', 'еще'), 'еще');
    assert.equal(find('resume', 'a Résumé of'), 'Résumé');
    assert.equal(find('Résumé', 'resume'), 'resume');
    assert.equal(find('știință', 'STIINTA'), 'STIINTA');
    assert.equal(find('cafe', 'cafe\u0301 au'), 'cafe\u0301');
    assert.equal(find('μηνιν αειδε', 'μῆνιν ἄειδε θεά'), 'μῆνιν ἄειδε');
    assert.equal(find('λογοσ', 'ὁ λόγος'), 'λόγος');
    assert.equal(find('two words', 'two\nwords'), 'two\nwords');
    assert.equal(find("don't", 'Don’t'), 'Don’t');
  });

  it('tell й from и', () => {
    assert.equal(find('мои', 'мой'), undefined);
    assert.equal(find('мой', 'МОЙ'), 'МОЙ');
  });

  it('are words alone: no sign of them is a rule', () => {
    for (const words of ['.*', 'a|b', '(a', '[^x]', '\\d+', 'a{3}', '^a$'])
      assert.equal(find(words, 'aaa 123 b x'), undefined);
    assert.equal(find('a+b', 'x a+b'), 'a+b');
  });

  it('of any kind are found in themselves, and any pattern is one', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), (words) => {
        const folded = foldWords(words);
        fc.pre(folded !== '' && words.normalize('NFC') === words);
        assert.ok(find(words, words) !== undefined, JSON.stringify(words));
        assert.ok(wordPattern(folded, 'postgresql').length < 40 * 400);
      }),
    );
  });
});
