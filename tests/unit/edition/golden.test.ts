import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { parseTei } from '@/lib/edition/parse-tei';
import { codePointLength, sliceCodePoints } from '@/lib/kernel/code-points';

const source = readFileSync('seed/gheorghiu-2009.xml', 'utf8');
const witness = readFileSync('seed/gheorghiu-2009.txt', 'utf8');
const edition = parseTei(source);

function section(id: string) {
  const found = edition.sections.find((each) => each.id === id);
  assert.ok(found, `there is no section ${id}`);
  return found;
}

/** Section → length, beginning of its SHA-256, and its paragraphs with start and length. */
const GOLDEN: Record<string, [number, string, string]> = {
  article: [
    5120,
    '16c105948884a057',
    'masthead 0,49 · head 50,75 · sub 126,30 · by 157,16 · p1 174,849 · p2 1024,1280 · p3 2305,779 · p4 3085,920 · p5 4006,890 · p6 4897,223',
  ],
  'article.n1': [15, '754e0549926f1ac9', 'n1 0,15'],
  'article.n2': [285, '3ab659bcae276c2d', 'n2 0,285'],
  'article.n3': [384, 'bfdaf8899546ef5b', 'n3 0,384'],
  'article.n4': [102, '5fac0491e0a3a986', 'n4 0,102'],
  'article.n5': [15, '754e0549926f1ac9', 'n5 0,15'],
  'article.n6': [153, '4c7197c25329c8ef', 'n6 0,153'],
  'article.n7': [16, '6e5e85f2bc27cc00', 'n7 0,16'],
  'article.n8': [77, '264897fb12b1a1b9', 'n8 0,77'],
  'article.n9': [65, '9c73ba8f013bc5df', 'n9 0,65'],
  doc1: [
    6661,
    'd2c3165c2a4b47c6',
    'head 0,10 · address 11,65 · salute 77,19 · p1 97,286 · p2 384,429 · p3 814,192 · p4 1007,219 · p5 1227,391 · p6 1619,304 · p7 1924,244 · p8 2169,304 · p9 2474,246 · p10 2721,317 · p11 3039,495 · p12 3535,919 · p13 4455,487 · p14 4943,660 · p15 5604,486 · p16 6091,375 · signed 6467,72 · dateline 6540,33 · source 6574,87',
  ],
  doc2: [1110, 'd09499fb6d9c5eef', 'head 0,11 · p1 12,707 · p2 720,285 · dateline 1006,20 · source 1027,83'],
};

/** What was printed wrongly, what we read, and where. */
const MISPRINTS: [string, number, string, string][] = [
  ['doc1', 223, 'совместые', 'совместные'],
  ['doc1', 288, 'окозанию', 'оказанию'],
  ['doc1', 406, 'ощибочно', 'ошибочно'],
  ['doc1', 571, 'нарущение', 'нарушение'],
  ['doc1', 1602, 'событями', 'событиями'],
  ['doc1', 1663, 'исполъзован', 'использован'],
  ['doc1', 1759, 'странны', 'страны'],
  ['doc1', 2375, 'сушествовала', 'существовала'],
  ['doc1', 4012, 'резведывательными', 'разведывательными'],
  ['doc1', 4816, 'ха', 'на'],
  ['doc1', 5183, 'марксизм-ленинизма', 'марксизма-ленинизма'],
  ['doc1', 5641, 'Соверского', 'Советского'],
  ['doc2', 165, 'пологаем', 'полагаем'],
  ['doc2', 360, 'периговорах', 'переговорах'],
  ['doc2', 468, 'выражерие', 'выражение'],
];

describe('the first edition', () => {
  it('has the canonical texts of the golden table, block by block', () => {
    const made = edition.sections.map((each) => {
      const blocks = each.paragraphs.map(
        ({ id, start, end }) => `${id.split('.').at(-1)} ${start},${end - start}`,
      );
      const row: [number, string, string] = [
        codePointLength(each.text),
        each.sha256.slice(0, 16),
        blocks.join(' · '),
      ];
      return [each.id, row] as const;
    });
    assert.deepEqual(Object.fromEntries(made), GOLDEN);
  });

  it('has every word of the plain witness once, in order, and no other', () => {
    const words = (text: string) => text.split(/\s+/).filter((word) => word !== '');
    // The witness has a note's number glued to the word before its call, and again before the note's text.
    const lines = witness.split('\n');
    const isNote = (line: string) => /^[1-9] (See|A\. B\.|Nicu|“Cold|Direcţia|Viktor)/.test(line);
    const flow: string[] = [];
    const notes: string[] = [];
    let inNotes = false;
    for (const line of lines) {
      if (isNote(line)) inNotes = true;
      // The line that opens a page begins with one space and a letter.
      else if (/^ \S/.test(line) && !/^ {2}/.test(line)) inNotes = false;
      (inNotes ? notes : flow).push(line);
    }
    const body = edition.sections.filter((each) => each.kind === 'section');
    const called = body.flatMap((each) => {
      let text = each.text;
      for (const { offset, label } of each.notes.toReversed()) {
        text = sliceCodePoints(text, 0, offset) + label + sliceCodePoints(text, offset, Infinity);
      }
      return words(text);
    });
    assert.deepEqual(called, words(flow.join('\n')));
    const footnotes = edition.sections
      .filter((each) => each.kind === 'note')
      .map((each) => `${each.label} ${each.text}`);
    assert.deepEqual(words(footnotes.join('\n')), words(notes.join('\n')));
  });

  it('corrects the fifteen misprints over the printed words, and nothing else', () => {
    const made = edition.sections.flatMap((each) =>
      each.corrections
        .filter(({ kind }) => kind === 'sic')
        .map(({ start, printed, corrected }) => [each.id, start, printed, corrected]),
    );
    assert.deepEqual(made, MISPRINTS);
    for (const [id, start, printed] of MISPRINTS) {
      assert.equal(sliceCodePoints(section(id).text, start, start + codePointLength(printed)), printed);
    }
  });

  it('supplies one omitted word without a place in the text', () => {
    const supplied = edition.sections.flatMap((each) =>
      each.corrections.filter(({ kind }) => kind === 'supplied'),
    );
    assert.equal(supplied.length, 1);
    const [word] = supplied;
    assert.deepEqual([word?.start, word?.end, word?.printed, word?.corrected], [483, 483, '', 'как ']);
    assert.equal(sliceCodePoints(section('doc1').text, 483, 495), '«интервенцию');
  });

  it('leaves doubtful places as they are and says the doubt', () => {
    const doubts = edition.sections.flatMap((each) => each.corrections.filter(({ kind }) => kind === 'note'));
    assert.deepEqual(
      doubts.map(({ start, printed, certainty }) => [start, printed, certainty]),
      [
        [3500, 'авангарда Коммунистической партии', 'low'],
        [4782, 'попытаются', 'low'],
        [6390, 'обстановке', 'medium'],
      ],
    );
    for (const { printed, corrected, note } of doubts) {
      assert.equal(corrected, printed);
      assert.ok(note);
    }
  });

  it('begins six pages where they were printed', () => {
    const pages = edition.sections.flatMap((each) =>
      each.pages.map(({ label, offset }) => [each.id, label, offset]),
    );
    assert.deepEqual(pages, [
      ['article', '123', 0],
      ['article', '124', 2305],
      ['doc1', '125', 0],
      ['doc1', '126', 2319],
      ['doc1', '127', 5170],
      ['doc2', '128', 720],
    ]);
    const { text } = section('doc1');
    assert.equal(sliceCodePoints(text, 2319, 2346), 'всем антиимпериалистическом');
    assert.equal(sliceCodePoints(text, 5170, 5182), 'на принципах');
  });

  it('calls nine notes, three of which lead to the letters', () => {
    const { notes, paragraphs } = section('article');
    const calls = notes.map(({ label, offset, targets }) => {
      const block = paragraphs.find(({ start, end }) => start <= offset && offset <= end);
      return [label, block?.id, offset - (block?.start ?? 0), targets.join(' ')];
    });
    assert.deepEqual(calls, [
      ['1', 'article.p2', 708, 'doc1'],
      ['2', 'article.p2', 880, ''],
      ['3', 'article.p2', 1280, ''],
      ['4', 'article.p3', 438, ''],
      ['5', 'article.p3', 704, 'doc1'],
      ['6', 'article.p4', 406, ''],
      ['7', 'article.p4', 920, 'doc2'],
      ['8', 'article.p5', 819, ''],
      ['9', 'article.p6', 223, ''],
    ]);
  });

  it('links passages that the study quotes or sums up with the letters, both ways', () => {
    const spans = edition.sections.flatMap((each) =>
      each.spans.map((span) => ({ ...span, text: sliceCodePoints(each.text, span.start, span.end) })),
    );
    const aligned = spans.filter((span) => span.kind !== 'ref' && span.targets.length > 0);
    assert.equal(aligned.length, 10);
    for (const span of aligned) {
      const other = spans.find(({ id }) => id === span.targets[0]);
      assert.deepEqual(other?.targets, [span.id], `${span.id} is not linked back`);
    }
    const at = (id: string) => spans.find((span) => span.id === id);
    assert.equal(at('article.p3.q1')?.start, 2939);
    assert.equal(at('article.p3.q1')?.text, 'reckless and wrong');
    assert.equal(at('doc1.p2.q1')?.start, 387);
    assert.equal(at('doc1.p2.q1')?.text, 'поспешно и глубоко ощибочно');
    assert.equal(at('article.p3.q2')?.start, 2974);
    assert.equal(at('article.p3.q2')?.text, 'unhealthy clamor raised in Romania');
    assert.equal(at('doc1.p3.q1')?.start, 948);
    assert.equal(at('doc1.p3.q1')?.text, 'нездоровой шумихи, которая поднята в этой связи в Румынии');
    assert.equal(at('article.p4.q1')?.start, 3826);
    assert.equal(at('doc2.p2.q1')?.start, 820);
    assert.match(at('doc2.p2.q1')?.text ?? '', /^ее проведение требует иной атмосферы.*стран\.$/);
  });

  it('joins over line ends and keeps every hyphen', () => {
    assert.match(section('doc1').text, /той нездоровой шумихи, которая/);
    for (const word of ['Romanian-Soviet', 'Bodnăraş-Aristov', 'well-documented', 'Mangalia-Sud']) {
      assert.ok(section('article').text.includes(word), word);
    }
    for (const word of ['национально-освободительному', 'марксистско-ленинского', 'советско-румынских']) {
      assert.ok(section('doc1').text.includes(word), word);
    }
  });

  it('says what language each run is in', () => {
    const languages = edition.sections.flatMap((each) => [
      ...each.paragraphs.map((paragraph) => paragraph.language),
      ...each.spans.flatMap((span) => span.language ?? []),
    ]);
    assert.deepEqual([...new Set(languages)].sort(), ['en', 'ro', 'ru', 'ru-Latn']);
    const source = section('doc1').paragraphs.find(({ kind }) => kind === 'source');
    assert.equal(source?.language, 'en');
  });

  it('tells its source, its archive and its letters', () => {
    const { header } = edition;
    const { journal, volume, year, firstPage, lastPage } = header.source;
    assert.deepEqual(
      [journal, volume, year, firstPage, lastPage],
      ['Historical Yearbook', 'VI', '2009', '123', '128'],
    );
    assert.deepEqual(
      header.archive?.items.map(({ section, folios }) => [section, folios]),
      [
        ['doc1', 'ff. 25–28'],
        ['doc2', 'f. 61'],
      ],
    );
    assert.deepEqual(
      header.correspondence.map(({ section, actions }) => [section, actions[0]?.date]),
      [
        ['doc1', '1968-08-24'],
        ['doc2', '1968-09-03'],
      ],
    );
    assert.equal(header.licence.status, 'unknown');
  });
});
