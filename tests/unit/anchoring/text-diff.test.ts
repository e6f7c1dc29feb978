import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { diffTexts, reanchor } from '@/lib/anchoring';
import { anchorCase } from '../../support/anchor-cases';
import { fc } from '../../support/seeded-fast-check';

/** What becomes of the `nth` place of `words`: the new text around it, or null where it is orphaned. */
function follow(before: string, after: string, words: string, nth = 0) {
  let at = before.indexOf(words);
  for (let k = 0; k < nth; k++) at = before.indexOf(words, at + 1);
  const place = reanchor(diffTexts(before, after), at, at + words.length);
  return place.state === 'orphaned' ? null : place;
}

describe('the difference of two texts', () => {
  it('maps no two symbols to one, and none to another letter', () => {
    fc.assert(
      fc.property(fc.nat(100_000), (id) => {
        const { before, after, map, isKept } = diffTexts(...textsOf(id));
        const places = [...map].filter((place) => place >= 0);
        assert.equal(new Set(places).size, places.length);
        for (const [i, place] of map.entries()) {
          if (place >= 0) assert.equal(before.symbols[i], after.symbols[place]);
        }
        assert.equal(
          isKept.reduce((sum, kept) => sum + kept, 0),
          places.length,
        );
      }),
      { numRuns: 150 },
    );
  });

  it('takes out whole lines, where their ends are alike', () => {
    const lines = (...names: string[]) => names.map((name) => `${name} was read and put to the file.`);
    const before = lines('The letter of 1 March', 'The letter of 9 May', 'The telegram of 2 June').join('\n');
    const after = lines('The letter of 1 March', 'The telegram of 2 June').join('\n');
    assert.equal(follow(before, after, 'put to the file', 1), null);
    assert.equal(follow(before, after, 'put to the file', 2)?.start, after.lastIndexOf('put to the file'));
  });

  it('puts in whole words, and cuts none in two', () => {
    const before = 'Стороны договорились о нижеследующем: они обязуются соблюдать границы.';
    const after = 'Стороны договорились обязуются и впредь о нижеследующем: они обязуются соблюдать границы.';
    const found = follow(before, after, 'договорились о нижеследующем');
    assert.equal(after.slice(found?.start, found?.end), 'договорились обязуются и впредь о нижеследующем');
  });

  it('follows two paragraphs that changed places, though both were corrected', () => {
    const [first, second] = [
      '一九六八年八月，苏联和其他四国的军队进入捷克斯洛伐克。罗马尼亚没有参加这次行动，并且公开表示反对。',
      '历史学家认为，这些信件说明了两党之间的分歧，也说明了当时局势的紧张。我们希望读者注意信中的用词。',
    ];
    const before = `第二条 双方应当遵守条约。\n${first}\n${second}\n第三条 不使用武力。`;
    const mended = [first.replace('没有', '未曾'), second.replace('认为', '写道')];
    const after = `第二条 双方应当遵守条约。\n${mended[1]}\n${mended[0]}\n第三条 不使用武力。`;
    for (const words of ['军队进入捷克斯洛伐克', '当时局势的紧张']) {
      const found = follow(before, after, words);
      assert.equal(after.slice(found?.start, found?.end), words);
    }
  });
});

describe('a passage', () => {
  it('at the head of a paragraph that moved is not taken for the head of another that stayed', () => {
    const paragraphs = ['Статья 1. О границах.', 'Статья 2. О договорах.', 'Статья 3. О проливах и гаванях.'];
    const before = [...paragraphs, 'Статья 4. О судах под чужим флагом.'].join('\n');
    const after = ['Статья 4. О судах под чужим флагом.', ...paragraphs].join('\n');
    assert.deepEqual(follow(before, after, 'Статья', 3), { state: 'moved', start: 0, end: 6 });
  });

  it('that moved with its paragraph is found however few of its letters were altered', () => {
    const moved =
      'Мы полагаем, что верный путь решения вопросов лежит через совещание представителей обеих партий.';
    const rest = [
      'Наш посол сообщил, что двадцать первого августа он был приглашён для беседы.',
      'Секретарь сказал, что газеты пишут об этом каждый день.',
    ];
    const before = [moved, ...rest].join('\n');
    const after = [...rest, moved.replace('верный', 'вернхй')].join('\n');
    const words = 'Мы полагаем, что верный путь решения вопросов';
    const found = follow(before, after, words);
    assert.equal(found?.state, 'fuzzy');
    assert.equal(after.slice(found?.start, found?.end), words.replace('верный', 'вернхй'));
  });
});

function textsOf(id: number): [string, string] {
  const { before, after } = anchorCase(id, 5);
  return [before, after];
}
