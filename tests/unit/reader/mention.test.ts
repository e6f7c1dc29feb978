import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { insertMention, typedMention } from '@/app/reader/data/mention';

const at = (text: string) => typedMention(text.replace('|', ''), text.indexOf('|'))?.q;

describe('a mention that is being typed', () => {
  it('begins with an @ that begins a word', () => {
    assert.equal(at('@|'), '');
    assert.equal(at('What says @Мар|'), 'Мар');
    assert.equal(at('(@Ion Po|'), 'Ion Po');
    assert.equal(at('@Ion |'), undefined);
    assert.equal(at('ion@pop|'), undefined);
    assert.equal(at('@Ion, and|'), undefined);
    assert.equal(at('@one two three four|'), undefined);
    assert.equal(at('@Ion\n|'), undefined);
  });

  it('is looked for in the last words alone', () => {
    const text = `${'@a '.repeat(50_000)}@b`;
    assert.deepEqual(typedMention(text, text.length), { start: text.length - 2, end: text.length, q: 'b' });
  });

  it('becomes a name that Markdown reads as one, whatever is in it', () => {
    const typed = typedMention('So @ma says', 6);
    assert.ok(typed);
    const { text, caret } = insertMention('So @ma says', typed, { id: 'x', name: 'Ma[r]ia\\' });
    assert.equal(text, 'So @[Ma r ia](x) says');
    assert.equal(text.slice(0, caret), 'So @[Ma r ia](x) ');
  });
});
