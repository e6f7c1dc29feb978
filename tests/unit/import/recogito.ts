/** Exports in the shapes of recogito-js, of text-annotator-js, and of Recogito Studio. */
const ANNO = 'http://www.w3.org/ns/anno.jsonld';
const annotation = { '@context': ANNO, type: 'Annotation' };

export const recogitoJs = [
  {
    ...annotation,
    id: '#ce0ed291-766b-4763-8e91-90ce1d04e706',
    body: [
      {
        type: 'TextualBody',
        value: 'Ещё комментарий',
        purpose: 'commenting',
        creator: { id: 'masha', name: 'Мария' },
        created: '2026-01-31T12:00:00.000Z',
      },
      {
        type: 'TextualBody',
        value: 'Răspuns 𝔄',
        purpose: 'replying',
        creator: { displayName: 'Ion' },
        created: '2026-02-01T09:00:00.000Z',
      },
      { type: 'TextualBody', value: 'Троя', purpose: 'tagging' },
      { type: 'TextualBody', value: 'И ещё', purpose: 'replying', created: '2026-02-01T09:00:00.000Z' },
    ],
    target: {
      selector: [
        { type: 'TextQuoteSelector', exact: 'Troy' },
        { type: 'TextPositionSelector', start: 124, end: 128 },
      ],
    },
  },
  {
    ...annotation,
    id: '#447d4bea-08dc-4bd0-ae51-31f5ed7a95a0',
    body: [{ type: 'TextualBody', value: 'Answers nobody', purpose: 'replying' }],
    target: { selector: [{ type: 'TextPositionSelector', start: 646, end: 661 }] },
  },
  {
    ...annotation,
    id: '#9ba844a7-e8ec-4127-ad12-1f7f16a240c6',
    motivation: 'linking',
    body: [{ type: 'TextualBody', value: 'isRelatedTo', purpose: 'tagging' }],
    target: [
      { id: '#ce0ed291-766b-4763-8e91-90ce1d04e706' },
      { id: '#447d4bea-08dc-4bd0-ae51-31f5ed7a95a0' },
    ],
  },
];

export const textAnnotator = [
  {
    ...annotation,
    id: '9b6aa528-660a-4551-8265-66f45c61acab',
    body: [],
    creator: { id: 'ktKoKXUSAY88XxClOvGp' },
    created: '2024-01-05T13:19:14.716Z',
    target: [
      {
        id: '602e0698-6602-46b2-87bc-4085df9eb2bc',
        annotation: '9b6aa528-660a-4551-8265-66f45c61acab',
        source: 'https://www.gutenberg.org/files/1727/1727-h/1727-h.htm',
        selector: [
          { type: 'TextQuoteSelector', exact: 'death in battle', prefix: 'o escaped ', suffix: ' or by' },
          { type: 'TextPositionSelector', start: 741, end: 756 },
        ],
      },
    ],
  },
];

export const recogitoStudio = [
  {
    ...annotation,
    id: '0f0f0f0f-0000-4000-8000-000000000001',
    motivation: 'commenting',
    visibility: 'PRIVATE',
    creator: { id: '0f0f0f0f-0000-4000-8000-0000000000aa', name: 'Мария' },
    created: '2026-01-31T12:00:00.123+00:00',
    body: [
      {
        type: 'TextualBody',
        purpose: 'commenting',
        value: '<p>Комментарий</p>',
        format: 'text/html',
        created: '2026-01-31T12:00:00.123+00:00',
        creator: { id: '0f0f0f0f-0000-4000-8000-0000000000aa', name: 'Мария' },
      },
      {
        purpose: 'tagging',
        value: { label: 'Город', id: 'https://terms.example/city' },
        format: 'application/json',
      },
      { type: 'Feature', purpose: 'geotagging', geometry: { type: 'Point', coordinates: [26.1, 44.4] } },
      {
        id: '11111111-2222-4333-8444-555555555555',
        value: '{"ops":[{"insert":"От"},{"attributes":{"bold":true},"insert":"вет"},{"insert":"\\n"}]}',
        created: '2026-02-01T12:00:00+02:00',
      },
    ],
    target: [
      {
        source: '0a0a0a0a-1b1b-4c2c-8d3d-4e4e4e4e4e4e',
        selector: [
          { type: 'TextQuoteSelector', exact: 'шумихи' },
          { type: 'TextPositionSelector', start: 1, end: 7 },
        ],
      },
    ],
  },
];
