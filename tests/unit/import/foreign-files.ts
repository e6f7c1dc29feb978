/** Files in the shapes that other programs write, on the words «нездоровой шумихи» of the sample edition. */
const ANNO = 'http://www.w3.org/ns/anno.jsonld';
const PAGE = 'https://elsewhere.example/page';

/** The page that mirador-annotations exports: no context, bare UUIDs, HTML without a format, the canvas as `id` of a target. */
export const miradorPage = (canvas: string) => ({
  id: `${canvas}/page`,
  type: 'AnnotationPage',
  items: [
    {
      body: { type: 'TextualBody', language: 'en', value: '<p>A <b>bold</b> word</p>' },
      id: '5b2b7c1e-93a4-4d3b-8b5e-0d6f7a1c2e3f',
      motivation: 'commenting',
      target: {
        source: { id: canvas, type: 'Canvas', partOf: { id: `${canvas}/manifest`, type: 'Manifest' } },
        selector: [
          { type: 'FragmentSelector', value: 'xywh=10,20,30,40' },
          { type: 'SvgSelector', value: '<svg><path d="M10,20 L40,20 L40,60 Z"/></svg>' },
        ],
      },
    },
    {
      body: { type: 'TextualBody', value: 'Plain' },
      id: '6b2b7c1e-93a4-4d3b-8b5e-0d6f7a1c2e3f',
      motivation: 'commenting',
      target: `${canvas}#xywh=1,2,3,4`,
      type: 'Annotation',
    },
    {
      body: { type: 'TextualBody', value: 'Old' },
      id: '7b2b7c1e-93a4-4d3b-8b5e-0d6f7a1c2e3f',
      motivation: 'commenting',
      target: {
        id: canvas,
        selector: { type: 'SvgSelector', value: '<svg><path d="M1,2 L4,2 L4,6 Z"/></svg>' },
      },
      type: 'Annotation',
    },
  ],
});

/** Recogito 2's JSON-LD download (WebAnnotationBody.scala): no creator and no date but on the bodies, a place as `value`. */
export const recogito2 = [
  {
    '@context': ANNO,
    id: 'https://recogito.example/annotation/3f8d2c1a-0000-4000-8000-000000000001',
    type: 'Annotation',
    generator: 'https://recogito.example/',
    generated: '2026-03-01T10:00:00+00:00',
    body: [
      {
        type: 'SpecificResource',
        value: 'http://pleiades.example/places/579885',
        creator: 'https://recogito.example/rainer',
        modified: '2019-05-04T10:11:12+00:00',
        purpose: 'identifying',
        note: 'or the other one',
      },
      {
        type: 'Feature',
        creator: 'https://recogito.example/rainer',
        modified: '2019-05-04T10:11:12+00:00',
        purpose: 'georeferencing',
        geometry: { type: 'Point', coordinates: [23.7, 37.9] },
      },
      {
        type: 'TextualBody',
        value: 'Gălăgie nesănătoasă',
        creator: 'https://recogito.example/leif',
        modified: '2019-06-04T10:11:12+02:00',
        purpose: 'transcribing',
      },
      {
        type: 'TextualBody',
        value: 'шум',
        creator: 'https://recogito.example/rainer',
        modified: '2019-05-04T10:11:12+00:00',
        purpose: 'tagging',
      },
    ],
    target: {
      source: 'https://recogito.example/part/1',
      type: 'Text',
      selector: [
        { type: 'TextPositionSelector', start: 5, end: 22 },
        { type: 'TextQuoteSelector', exact: 'нездоровой шумихи' },
      ],
    },
  },
  {
    '@context': ANNO,
    id: 'https://recogito.example/annotation/3f8d2c1a-0000-4000-8000-000000000002',
    type: 'Annotation',
    generator: 'https://recogito.example/',
    generated: '2026-03-01T10:00:00+00:00',
    body: [
      {
        type: 'SpecificResource',
        value: 'PERSON',
        modified: '2019-05-04T10:11:12+00:00',
        purpose: 'identifying',
      },
    ],
    target: {
      source: 'https://recogito.example/part/1',
      type: 'Text',
      selector: [
        { type: 'TextQuoteSelector', exact: 'шумихи' },
        {
          type: 'RangeSelector',
          startSelector: { type: 'XPathSelector', value: '/tei/text/body/p[2]' },
          endSelector: { type: 'XPathSelector', value: '/tei/text/body/p[2]' },
        },
      ],
    },
  },
];

/** What text-annotator holds by itself: bodies, and selectors of its own; author and date on the target. */
export const textAnnotatorCore = [
  {
    id: 'a1a1a1a1-0000-4000-8000-000000000001',
    bodies: [
      {
        id: 'b1b1b1b1-0000-4000-8000-000000000001',
        annotation: 'a1a1a1a1-0000-4000-8000-000000000001',
        purpose: 'commenting',
        value: 'Первое',
        creator: { id: 'masha', name: 'Мария' },
        created: '2026-01-31T12:00:00.000Z',
      },
      {
        id: 'b1b1b1b1-0000-4000-8000-000000000002',
        annotation: 'a1a1a1a1-0000-4000-8000-000000000001',
        purpose: 'commenting',
        value: 'Al doilea',
        creator: { id: 'ion', name: 'Ion' },
        created: '2026-01-31T13:00:00.000Z',
      },
    ],
    target: {
      annotation: 'a1a1a1a1-0000-4000-8000-000000000001',
      selector: [{ quote: 'нездоровой шумихи', start: 948, end: 965 }],
      creator: { isGuest: true, id: 'ktKoKXUSAY88XxClOvGp' },
      created: '2026-01-31T11:59:00.000Z',
    },
  },
  {
    id: 'a1a1a1a1-0000-4000-8000-000000000002',
    bodies: [],
    target: {
      annotation: 'a1a1a1a1-0000-4000-8000-000000000002',
      selector: [{ quote: 'шумихи', start: 959, end: 965 }],
      creator: { id: 'ana', name: 'Ana' },
      created: '2026-01-30T11:59:00.000Z',
      updated: '2026-01-31T11:59:00.000Z',
    },
  },
];

/** What Annotorious 3 holds by itself. */
export const annotoriousCore = {
  id: 'c1c1c1c1-0000-4000-8000-000000000001',
  bodies: [
    {
      id: 'x',
      annotation: 'y',
      purpose: 'commenting',
      value: 'A stain',
      created: '2026-01-31T12:00:00.000Z',
    },
  ],
  target: {
    annotation: 'y',
    selector: {
      type: 'RECTANGLE',
      geometry: { bounds: { minX: 1, minY: 2, maxX: 4, maxY: 6 }, x: 1, y: 2, w: 3, h: 4 },
    },
    creator: { id: 'ana', name: 'Ana' },
    created: '2026-01-30T11:59:00.000Z',
  },
};

/** Hypothesis's own JSON-LD (annotation_jsonld.py): times with `+00:00`, the account as creator, an XPath. */
export const hypothesisJsonLd = {
  '@context': ANNO,
  type: 'Annotation',
  id: 'https://hypothes.is/api/annotations/abcdefghijk.jsonld',
  created: '2024-01-05T13:19:14.716000+00:00',
  modified: '2024-01-06T13:19:14.716000+00:00',
  creator: 'acct:maria@hypothes.is',
  body: [
    { type: 'TextualBody', value: 'Что это?', format: 'text/markdown' },
    { type: 'TextualBody', value: 'пресса', purpose: 'tagging' },
  ],
  target: [
    {
      source: PAGE,
      selector: [
        {
          type: 'XPathSelector',
          value: '/div[1]/p[2]',
          refinedBy: { type: 'TextPositionSelector', start: 4, end: 21 },
        },
        { type: 'TextPositionSelector', start: 1004, end: 1021 },
        { type: 'TextQuoteSelector', exact: 'нездоровой шумихи', prefix: 'мимо той ', suffix: ', которая' },
      ],
    },
  ],
};

/** An annotation of recogito-js or Annotorious 2 with an author and a date on its body alone. */
export const annotorious2 = {
  '@context': ANNO,
  id: '#a88b22d0-6106-4872-9435-c78b5e89fede',
  type: 'Annotation',
  body: [
    {
      type: 'TextualBody',
      value: 'A stain',
      purpose: 'commenting',
      creator: { id: 'https://people.example/ana', name: 'Ana' },
      created: '2020-05-06T07:08:09.010Z',
      modified: '2020-05-06T07:09:09.010Z',
    },
    { type: 'TextualBody', value: 'stain', purpose: 'tagging' },
  ],
  target: {
    source: PAGE,
    selector: {
      type: 'FragmentSelector',
      conformsTo: 'http://www.w3.org/TR/media-frags/',
      value: 'xywh=pixel:1,2,3,4',
    },
  },
};

/** Bare highlights: no body at all, an empty list, and a tag alone. */
export const highlights = ['шумихи', 'нездоровой', 'нездоровой шумихи'].map((exact, i) => ({
  '@context': ANNO,
  id: `https://elsewhere.example/highlight/${i}`,
  type: 'Annotation',
  ...[{}, { body: [] }, { body: { type: 'TextualBody', value: 'press', purpose: 'tagging' } }][i],
  target: { source: PAGE, selector: { type: 'TextQuoteSelector', exact } },
}));
