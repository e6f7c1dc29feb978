import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { shortenLabel } from '@/app/reader/data/canvas-label';
import { canvasOf, imageUrlFor, initialCanvas, pageAtLine } from '@/app/reader/data/canvas-lookup';
import type { CanvasView } from '@/lib/canvas/schema';

function makeCanvas(page: string | null, section: string, info: Record<string, unknown> = {}): CanvasView {
  return {
    ...{ id: `p${page}`, iri: '', edition: 'e', label: `p. ${page}`, page, section, offset: 0 },
    ...{ width: 1000, height: 1400, statement: null, thumbnail: '/thumbnail.jpg', origin: null },
    image: { id: 'i', facsimile: true, info },
  };
}

const CANVASES = [makeCanvas('123', 'article'), makeCanvas('125', 'doc1'), makeCanvas('126', 'doc1')];

describe('the image of what is read', () => {
  it('is that of the last page that begins above the line', () => {
    const markers = [
      { page: '125', top: -900 },
      { page: '126', top: 100 },
      { page: '127', top: 2000 },
    ];
    assert.equal(pageAtLine(markers, 300, '124'), '126');
    assert.equal(pageAtLine(markers, 50, '124'), '125');
  });

  it('is that of the page on which the text begins, above all markers', () => {
    assert.equal(pageAtLine([{ page: '128', top: 700 }], 300, '127'), '127');
    assert.equal(pageAtLine([], 300, null), null);
  });

  it('is none where the page has none', () => {
    assert.equal(canvasOf(CANVASES, '124'), undefined);
    assert.equal(canvasOf(CANVASES, null), undefined);
    assert.equal(initialCanvas(CANVASES, 'article', '124'), undefined);
  });

  it('is the first of the section in an edition without printed pages', () => {
    assert.equal(initialCanvas(CANVASES, 'doc1', null)?.id, 'p125');
    assert.equal(initialCanvas(CANVASES, 'elsewhere', null)?.id, 'p123');
  });
});

describe('a picture of a canvas', () => {
  const sizes = [
    { width: 1000, height: 1400 },
    { width: 200, height: 280 },
  ];

  it('is the smallest that is large enough', () => {
    const canvas = makeCanvas('1', 's', { id: 'https://a.example/i', sizes });
    assert.equal(imageUrlFor(canvas, 150), 'https://a.example/i/full/200,280/0/default.jpg');
    assert.equal(imageUrlFor(canvas, 300), 'https://a.example/i/full/1000,1400/0/default.jpg');
    assert.equal(imageUrlFor(canvas, 3000), 'https://a.example/i/full/1000,1400/0/default.jpg');
  });

  it('is called as its version calls it where it is the whole', () => {
    const now = makeCanvas('1', 's', { id: 'https://a.example/i', width: 1000, sizes });
    assert.equal(imageUrlFor(now, 900), 'https://a.example/i/full/max/0/default.jpg');
    const before = makeCanvas('1', 's', { '@id': 'https://a.example/i', width: 1000, sizes });
    assert.equal(imageUrlFor(before, 900), 'https://a.example/i/full/full/0/default.jpg');
  });

  it('is the thumbnail where the service has no sizes', () => {
    assert.equal(imageUrlFor(makeCanvas('1', 's', { '@id': 'https://a.example/i' }), 300), '/thumbnail.jpg');
  });
});

it('a label is shown without what stands in brackets at its end, and with the reader’s word for a page', () => {
  assert.equal(shortenLabel('p. 125 (Re-set from the text, not a facsimile)', 'p.'), 'p. 125');
  assert.equal(shortenLabel('p. 125 (Re-set from the text, not a facsimile)', 'с.'), 'с. 125');
  assert.equal(shortenLabel('f. 12 (verso) and 13', 'с.'), 'f. 12 (verso) and 13');
});
