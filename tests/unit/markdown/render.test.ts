import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { renderMarkdown } from '@/lib/markdown/render';

describe('a note', () => {
  it('shows words in angle brackets as they were typed, in a line and by themselves', () => {
    assert.equal(renderMarkdown('He has <et> for “and”.'), '<p>He has &#x3C;et> for “and”.</p>');
    assert.equal(renderMarkdown('Line one<lb/>line two'), '<p>Line one&#x3C;lb/>line two</p>');
    assert.equal(renderMarkdown('<div>\nwords\n</div>'), '<p>&#x3C;div>\nwords\n&#x3C;/div></p>');
    assert.equal(
      renderMarkdown('- <b>one</b>\n- two'),
      '<ul>\n<li>&#x3C;b>one&#x3C;/b></li>\n<li>two</li>\n</ul>',
    );
    assert.equal(renderMarkdown('<script>alert(1)</script>'), '<p>&#x3C;script>alert(1)&#x3C;/script></p>');
    assert.equal(renderMarkdown('<!-- a word -->'), '<p>&#x3C;!-- a word --></p>');
    assert.equal(renderMarkdown('**a <i>b</i>**'), '<p><strong>a &#x3C;i>b&#x3C;/i></strong></p>');
  });

  it('breaks its lines where they were broken', () => {
    assert.equal(renderMarkdown('one\ntwo\n\nthree'), '<p>one<br>\ntwo</p>\n<p>three</p>');
    assert.equal(
      renderMarkdown('> one\n> *two*'),
      '<blockquote>\n<p>one<br>\n<em>two</em></p>\n</blockquote>',
    );
  });

  it('has a link in place of a picture', () => {
    const rel = 'rel="nofollow noreferrer ugc"';
    const link = (words: string) => `<p><a href="https://example.org/a.png" ${rel}>${words}</a></p>`;
    assert.equal(renderMarkdown('![the seal](https://example.org/a.png)'), link('the seal'));
    assert.equal(renderMarkdown('![](https://example.org/a.png)'), link('https://example.org/a.png'));
    assert.equal(renderMarkdown('![seal][a]\n\n[a]: https://example.org/a.png'), link('seal'));
    assert.equal(
      renderMarkdown('[![seal](https://example.org/a.png)](https://example.org/)'),
      `<p><a href="https://example.org/" ${rel}>seal</a></p>`,
    );
    assert.equal(renderMarkdown('![x](javascript:alert(1))'), `<p><a ${rel}>x</a></p>`);
  });

  it('shows which tasks of a list are done', () => {
    const html = renderMarkdown('- [x] read\n- [ ] gloss');
    assert.match(html, /<li class="task-list-item">☑ read<\/li>/);
    assert.match(html, /<li class="task-list-item">☐ gloss<\/li>/);
  });

  it('has footnotes that lead to each other, with ids of their own', () => {
    const one = renderMarkdown('A[^1] and B[^1]\n\n[^1]: The note.');
    const two = renderMarkdown('C[^1]\n\n[^1]: Another note.');
    for (const html of [one, two]) {
      const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
      assert.equal(new Set(ids).size, ids.length);
      const targets = [...html.matchAll(/href="#([^"]+)"|aria-describedby="([^"]+)"/g)].map(
        ([, a, b]) => a ?? b,
      );
      assert.ok(targets.length >= 3);
      for (const target of targets) assert.ok(ids.includes(target), target);
    }
    const idsOf = (html: string) => [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    assert.deepEqual(
      idsOf(one).filter((id) => idsOf(two).includes(id)),
      [],
    );
  });
});
