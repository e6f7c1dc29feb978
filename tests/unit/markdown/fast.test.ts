import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fastMarkdown } from '@/lib/markdown/fast';
import { renderMarkdown } from '@/lib/markdown/render';
import { fc } from '../../support/seeded-fast-check';

/** What notes are made of, and what is special in Markdown, side by side. */
const pieces = [
  ...['слово', 'word', 'Ştefan', '𝔄', 'a', '1', '12', 'é', ' ', '  ', '\n', '\n\n', '\n\n\n', '\t', '\u00a0'],
  ...[
    '*',
    '**',
    '_',
    '- ',
    '-',
    '+ ',
    '* ',
    '1. ',
    '2) ',
    '# ',
    '> ',
    '=',
    '---',
    '===',
    '***',
    '`',
    '~~',
    '|',
    '\\',
  ],
  ...[
    '.',
    ',',
    ';',
    ':',
    '!',
    '?',
    "'",
    '"',
    '(',
    ')',
    '«',
    '»',
    '—',
    '…',
    '/',
    '%',
    '[x]',
    '[a](b)',
    '![i](j)',
  ],
  ...[
    '<b>',
    '&amp;',
    '&',
    'www.a.ro',
    'http://a.ro',
    'a@b.ro',
    ':)',
    '[^1]',
    '{',
    '}',
    '^',
    '$',
    '*em*',
    '**st**',
  ],
  ...['- item\n', '\n- item', 'и т. д. ', '\n> ', '\n\n> words', '> - ', '[^'],
  ...[
    '[see](https://a.ro/x?y=1)',
    '[см. с. 5](http://b.org/)',
    '[a',
    ']',
    '(https://a.ro)',
    '[www.a.ro](https://b.org)',
  ],
];

/** What the short way knows, in every neighbourhood. */
const common = [
  ...[
    'слово',
    'word',
    'a',
    '1',
    ' ',
    '\n',
    '\n\n',
    '- ',
    '\n- item',
    '> ',
    '\n> ',
    '\n\n> ',
    '*em*',
    '**st**',
    '*',
    ':',
    '!',
  ],
  ...[
    '[see](https://a.ro/x?y=1)',
    '[см. с. 5](http://b.org/)',
    '[a.b](HTTPS://www.a.ro/-b)',
    '[WWW.a](https://a.ro)',
    '(',
    ')',
    '.',
  ],
];

describe('Markdown by the short way', () => {
  const cases = (words: string[]) =>
    fc.array(fc.constantFrom(...words), { maxLength: 10 }).map((parts) => parts.join(''));

  it('is what the long way gives, wherever it gives anything', () => {
    let plain = 0;
    fc.assert(
      fc.property(fc.oneof(cases(pieces), cases(common), cases(pieces.slice(0, 20)), fc.string()), (body) => {
        const html = fastMarkdown(body);
        if (html === null) return;
        plain++;
        assert.equal(html, renderMarkdown(body), JSON.stringify(body));
      }),
      { numRuns: 4_000 },
    );
    assert.ok(plain > 400, `only ${plain} were plain`);
  });

  it('leaves a table of one column, which needs no bar, to the long way', () => {
    assert.match(renderMarkdown('a\n:--'), /<table>/);
    assert.equal(fastMarkdown('a\n:--'), null);
  });

  it('takes the notes that people write', () => {
    for (const body of [
      'Шумиха — это «noise», см. *Письма*, с. 12.',
      'Two lines\nof text.\n\n- one\n- **two**\n\nAnd an end (so it seems).',
      'De ce „nesănătoasă”? Vezi şi nota 5. \n\nDa. \n',
      'См. [Письма, с. 12](https://example.org/a?b=1#c): *там* же.',
      '> Le bruit\n> et la fureur\n\nSo says he.\n\n> - one\n> - [two](http://example.org/)',
    ]) {
      assert.equal(fastMarkdown(body), renderMarkdown(body));
    }
  });
});
