import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decodeText } from '@/lib/conversion';

const RUSSIAN = 'Все счастливые семьи похожи друг на друга, каждая несчастливая семья несчастлива по-своему.';

/** A Russian text in windows-1251 (А is 0xC0), which Node decodes and cannot encode. */
function windows1251(text: string): Buffer {
  const bytes = [...text].map((character) => {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) return code;
    if (character === 'ё') return 0xb8;
    return code - 0x410 + 0xc0;
  });
  return Buffer.from(bytes);
}

describe('the encoding of a text', () => {
  it('is UTF-8 where the bytes are, with a mark or without', () => {
    assert.deepEqual(decodeText(Buffer.from(RUSSIAN)), {
      text: RUSSIAN,
      encoding: 'utf-8',
      isGuessed: false,
    });
    assert.equal(decodeText(Buffer.from(`\uFEFF${RUSSIAN}`)).text, RUSSIAN);
  });

  it('is UTF-16 by its mark, or by its zeros', () => {
    const little = Buffer.from(`\uFEFF${RUSSIAN}`, 'utf16le');
    assert.equal(decodeText(little).text, RUSSIAN);
    assert.equal(decodeText(Buffer.from(little).swap16()).text, RUSSIAN);
    const unmarked = Buffer.from('Call me Ishmael. Some years ago.', 'utf16le');
    assert.deepEqual(decodeText(unmarked), {
      text: 'Call me Ishmael. Some years ago.',
      encoding: 'utf-16le',
      isGuessed: false,
    });
  });

  it('is what markup declares, unless the bytes are UTF-8', () => {
    const html = Buffer.concat([Buffer.from('<meta charset="windows-1251"><p>'), windows1251(RUSSIAN)]);
    const { text, encoding, isGuessed } = decodeText(html, { isMarkup: true });
    assert.ok(text.endsWith(RUSSIAN));
    assert.deepEqual([encoding, isGuessed], ['windows-1251', false]);
    const wrong = Buffer.from(`<?xml version="1.0" encoding="ISO-8859-1"?><p>${RUSSIAN}</p>`);
    assert.ok(decodeText(wrong, { isMarkup: true }).text.includes(RUSSIAN));
  });

  it('is guessed where nothing says it, and says that it was', () => {
    const { text, encoding, isGuessed } = decodeText(windows1251(RUSSIAN.repeat(3)));
    assert.equal(text, RUSSIAN.repeat(3));
    assert.deepEqual([encoding, isGuessed], ['windows-1251', true]);
    const latin = Buffer.from(
      'Où est le garçon? Il était là, à côté de la fenêtre, et regardait la forêt.',
      'latin1',
    );
    assert.ok(decodeText(latin).text.includes('garçon'));
  });
});
