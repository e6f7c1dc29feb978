/** Takes a member away. */
export const GONE = Symbol('gone');
type Change = Record<string, unknown>;
/** What is wrong, what makes it so in `full`, and the pointers of the faults. */
export type Breach = [what: string, change: Change, pointers: string[]];

const at = (pointer: string, ...values: unknown[]): Breach[] =>
  values.map((value) => [`${pointer} is ${say(value)}`, { [pointer]: value }, [pointer]]);

function say(value: unknown): string {
  return value === GONE ? 'missing' : JSON.stringify(value);
}

const ANNO = 'http://www.w3.org/ns/anno.jsonld';
const not = {
  iri: ['not an IRI', 'page.html', '', 'http://', 'https://a b/', 'urn:', 5, null, true, 'a:%zz'],
};
const NO_TIME = [
  ...['yesterday', '2026-01-31', '2026-01-31T12:00:00', '2026-01-31T12:00:00+03:00', '2026-02-29T12:00:00Z'],
  ...['2026-13-01T12:00:00Z', '2026-01-31T24:00:01Z', '26-01-31T12:00:00Z', '2026-01-31 12:00:00Z'],
  ...[1769860800, null, ['2026-01-31T12:00:00Z', '2026-01-31T12:00:00Z']],
];
const PLACE = '/target/2';
const SELECTOR = `${PLACE}/selector`;
const STATE = `${PLACE}/state`;

/** Each breaks one rule of the model. */
export const breaches: Breach[] = [
  // §3.1
  ...at('/@context', GONE, 'fish', null, [], ANNO.toUpperCase(), ['https://example.org/context']),
  ['a single context in an array', { '/@context': [ANNO] }, ['/@context']],
  ['a context that is no context', { '/@context': [ANNO, 5, null] }, ['/@context/1', '/@context/2']],
  ...at('/id', ...not.iri, ['https://example.org/1'], ['https://example.org/1', 'https://example.org/2']),
  ...at('/type', GONE, 'Squirrel', 'annotation', [], ['ex:Gloss'], null, 1),
  ...at('/target', GONE, [], null, 9, 'not an IRI', '', true),
  ['a target in an array that is none', { '/target': ['https://example.org/', 7] }, ['/target/1']],
  ['a target in a second array', { '/target': [['https://example.org/']] }, ['/target/0']],
  // §3.2.1
  ...at('/body/0', 'some text', 5, null, ['https://example.org/']),
  ...at('/body/1/id', GONE, 'not an IRI', 5, null, ['https://example.org/1', 'https://example.org/2']),
  ...at('/body/1/format', 6, null, {}),
  ['a format that is none', { '/body/1/format': ['text/plain', 6] }, ['/body/1/format/1']],
  ...at('/body/1/language', 3),
  ['a language that is none', { '/body/1/language': ['ru', null] }, ['/body/1/language/1']],
  ...at('/body/1/processingLanguage', ['en', 'de'], 3),
  ...at('/body/1/textDirection', 'squirrel', ['ltr', 'rtl'], 'LTR', null),
  ...at('/target/1/id', GONE, 'not an IRI', ['https://example.org/1', 'https://example.org/2']),
  ...at('/target/1/textDirection', 'up'),
  ['a body that is nothing', { '/body': {} }, ['/body/id']],
  ['a target that is nothing', { '/target': {} }, ['/target/id']],
  // §3.2.2
  ...at('/body/1/type', 5, null, 'two words'),
  // §3.2.4
  ...at('/body/2/value', GONE, 5, null, ['one', 'two'], { '@value': 'text' }),
  ['a value that is no text, without a type', { '/body/2': { value: 5 } }, ['/body/2/value']],
  [
    'embedded text as a target',
    { '/target': { type: 'TextualBody', value: 'x' } },
    ['/target/type', '/target/id'],
  ],
  ['embedded text as a target with an id', { '/target/1/type': ['Text', 'TextualBody'] }, ['/target/1/type']],
  ['items in a text', { '/body/2/items': ['https://example.org/'] }, ['/body/2/items']],
  ['items in an external resource', { '/body/1/items': ['https://example.org/'] }, ['/body/1/items']],
  ['a text that has a source', { '/body/2/source': 'https://example.org/' }, ['/body/2/source']],
  ['a specific resource that has a value', { '/body/4/value': 'text' }, ['/body/4/value']],
  ['a target that has a source and a value', { [`${PLACE}/value`]: 'text' }, [`${PLACE}/value`]],
  ['a purpose of an external body', { '/body/1/purpose': 'linking' }, ['/body/1/purpose']],
  ['a purpose of an external target', { '/target/1/purpose': 'linking' }, ['/target/1/purpose']],
  ['a purpose of a Choice', { '/body/3/purpose': 'commenting' }, ['/body/3/purpose']],
  // §3.2.5
  ['a body and a bodyValue', { '/bodyValue': 'text' }, ['/bodyValue']],
  ...[5, null, ['a', 'b'], ['a'], { '@value': 'a' }, { value: 'a' }].map(
    (value): Breach => [`bodyValue is ${say(value)}`, { '/body': GONE, '/bodyValue': value }, ['/bodyValue']],
  ),
  // §3.2.7
  ...at('/body/3/items', GONE, [], 'not an IRI', 5),
  ['an item that is none', { '/body/3/items/0': 'not an IRI' }, ['/body/3/items/0']],
  ['an item without its text', { '/body/3/items/0/value': GONE }, ['/body/3/items/0/value']],
  ['an item without its IRI', { '/body/3/items/1/id': GONE }, ['/body/3/items/1/id']],
  ['items of nothing', { '/body/3/type': GONE }, ['/body/3/type']],
  ['a list of two kinds', { '/body/3/type': ['Choice', 'List'] }, ['/body/3/type']],
  ['a Choice of another class too', { '/body/3/type': ['Choice', 'ex:Other'] }, ['/body/3/type']],
  ['a Choice with a value', { '/body/3/value': 'text' }, ['/body/3/value']],
  ['a Choice with a source', { '/body/3/source': 'https://example.org/' }, ['/body/3/source']],
  ...at('/target/3/items', GONE, []),
  [
    'a text among targets',
    { '/target/4/items/1': { type: 'TextualBody', value: 'x' } },
    ['/target/4/items/1/type', '/target/4/items/1/id'],
  ],
  // §3.3.1
  ...at('/created', ...NO_TIME),
  ...at('/modified', 'an hour ago', ['2026-01-31T12:00:00Z', '2026-01-31T12:00:01Z']),
  ...at('/generated', 'now', ['2026-01-31T12:00:00Z', '2026-01-31T12:00:01Z'], {}),
  ...['/body/2/created', '/body/3/items/0/modified', '/target/1/created', `${PLACE}/source/modified`].flatMap(
    (pointer) => at(pointer, 'yesterday'),
  ),
  ...at('/creator', 6, null, 'me'),
  ['a creator that is none', { '/creator/0': 6 }, ['/creator/0']],
  ...at('/generator', 42, 'a program'),
  ...at('/body/2/creator', 'me'),
  // §3.3.2
  ...at('/creator/1/id', 'me', ['https://example.org/1', 'https://example.org/2']),
  ...at('/creator/1/type', 5),
  ...at('/creator/1/name', 5, { en: 'Maria' }),
  ...at('/creator/1/nickname', 5, ['m', 'n']),
  ...at('/creator/1/email', 'maria@example.org', 'https://example.org/', 5),
  ...at('/creator/1/email_sha1', 5),
  [
    'a home page that is none',
    { '/creator/1/homepage': ['https://example.org', 'home'] },
    ['/creator/1/homepage/1'],
  ],
  ...at('/generator/homepage', 'home', {}),
  // §3.3.3
  ...at('/audience', 5, 'teachers'),
  ...at('/audience/id', 'teachers'),
  [
    'names of schema.org without its prefix',
    { '/@context': ANNO, '/motivation/1': GONE, '/audience/educationalRole': 'teacher' },
    ['/audience/educationalRole'],
  ],
  [
    'a class of schema.org without its prefix',
    { '/@context': ANNO, '/audience/type': 'EducationalAudience' },
    ['/audience/type'],
  ],
  // §3.3.4, §3.3.5
  ['a feature that is none', { '/body/1/accessibility': ['captions', 5] }, ['/body/1/accessibility/1']],
  ...at('/motivation', 5, null, {}, 'two words', { id: 'commenting' }),
  ['a motivation that nobody knows', { '/@context': ANNO, '/motivation': 'glossing' }, ['/motivation']],
  [
    'a purpose that nobody knows',
    { '/@context': ANNO, '/body/2/purpose/1': 'glossing' },
    ['/body/2/purpose/1'],
  ],
  ...at('/body/4/purpose', 5),
  // §3.3.6, §3.3.7
  ...at('/rights', 'mine', 5, {}, { id: 'mine' }),
  ...at('/canonical', 'not an IRI', ['urn:isbn:1', 'urn:isbn:2'], 5),
  ...at('/via', 'not an IRI', 5),
  ['a source that is none', { '/via/1': 'there' }, ['/via/1']],
  ...['/body/1/rights', '/body/2/canonical', '/target/1/via', `${PLACE}/source/rights`].flatMap((pointer) =>
    at(pointer, 'not an IRI'),
  ),
  // §4
  ...at(
    `${PLACE}/source`,
    GONE,
    'not an IRI',
    5,
    null,
    [],
    ['https://example.org/1', 'https://example.org/2'],
  ),
  ...at(`${PLACE}/source/id`, GONE, 'not an IRI'),
  [
    'a source that is embedded text',
    { [`${PLACE}/source`]: { type: 'TextualBody', value: 'x' } },
    [`${PLACE}/source/type`, `${PLACE}/source/id`],
  ],
  ...at('/body/4/source', GONE, 5),
  ['items in a specific resource', { [`${PLACE}/items`]: ['https://example.org/'] }, [`${PLACE}/items`]],
  ...at(`${PLACE}/id`, 'not an IRI', ['https://example.org/1', 'https://example.org/2']),
  // §4.2
  ...at(SELECTOR, 'not an IRI', 5, null),
  ['a selector that is none', { [`${SELECTOR}/1`]: 5 }, [`${SELECTOR}/1`]],
  ['a selector that says not what it is', { [`${SELECTOR}/1/type`]: GONE }, [`${SELECTOR}/1/type`]],
  [
    'a selector of two classes',
    { [`${SELECTOR}/0/type`]: ['TextQuoteSelector', 'ex:Other'] },
    [`${SELECTOR}/0/type`],
  ],
  ['a state as a selector', { [`${SELECTOR}/5/type`]: 'HttpRequestState' }, [`${SELECTOR}/5/type`]],
  ...at(`${SELECTOR}/10/id`, 'not an IRI'),
  ...at(`${SELECTOR}/0/exact`, GONE, 5, null, ['a', 'b'], ['a']),
  ...at(`${SELECTOR}/0/prefix`, 5, ['a', 'b']),
  ...at(`${SELECTOR}/0/suffix`, null, ['a', 'b']),
  ...at(`${SELECTOR}/1/start`, GONE, -1, 0.5, '0', null, [0, 1]),
  ['an end before the start', { [`${SELECTOR}/1/start`]: 7 }, [`${SELECTOR}/1/end`]],
  ...at(`${SELECTOR}/1/end`, GONE, -1, 6.5, '6', [1, 6]),
  ...at(`${SELECTOR}/2/start`, GONE, -1, 'x', 2 ** 60),
  ...at(`${SELECTOR}/2/end`, GONE, [1, 2], 4095),
  ...at(`${SELECTOR}/3/value`, GONE, 5, ['xxx', 'yyy']),
  ...at(`${SELECTOR}/3/conformsTo`, 'RFC 3236', ['urn:a:1', 'urn:a:2'], 5),
  ...at(`${SELECTOR}/4/value`, GONE, 5, ['a', 'b']),
  ...at(`${SELECTOR}/5/value`, GONE, null, ['a', 'b']),
  ...at(
    `${SELECTOR}/6/value`,
    GONE,
    5,
    'circle',
    '<svg><circle></svg>',
    '<svg/><svg/>',
    '<html/>',
    '<svg>&nbsp;</svg>',
    '',
  ),
  ...at(`${SELECTOR}/7/id`, 'shape.svg', ['https://example.org/1', 'https://example.org/2']),
  ...at(`${SELECTOR}/8/startSelector`, GONE, 5, 'p1', [
    { type: 'CssSelector', value: 'p' },
    { type: 'CssSelector', value: 'q' },
  ]),
  ...at(`${SELECTOR}/8/endSelector`, GONE, null, []),
  [
    'a range from nowhere',
    { [`${SELECTOR}/8/startSelector/value`]: GONE },
    [`${SELECTOR}/8/startSelector/value`],
  ],
  [
    'a range to what is no selector',
    { [`${SELECTOR}/8/endSelector`]: { type: 'TimeState' } },
    [`${SELECTOR}/8/endSelector/type`],
  ],
  [
    'a refinement without its quote',
    { [`${SELECTOR}/3/refinedBy/0/exact`]: GONE },
    [`${SELECTOR}/3/refinedBy/0/exact`],
  ],
  [
    'a refinement of a refinement',
    {
      [`${SELECTOR}/0/refinedBy`]: { type: 'CssSelector', value: 'p', refinedBy: { type: 'XPathSelector' } },
    },
    [`${SELECTOR}/0/refinedBy/refinedBy/value`],
  ],
  ...at(`${SELECTOR}/4/refinedBy`, 5, 'not an IRI'),
  // §4.3
  ...at(STATE, 'not an IRI', 5),
  ['a state that says not what it is', { [`${STATE}/0/type`]: GONE }, [`${STATE}/0/type`]],
  ['a selector as a state', { [`${STATE}/0`]: { type: 'CssSelector', value: 'p' } }, [`${STATE}/0/type`]],
  ...at(`${STATE}/0/sourceDate`, 'yesterday', null),
  ['a moment that is none', { [`${STATE}/0/sourceDate/1`]: '2026' }, [`${STATE}/0/sourceDate/1`]],
  [
    'a moment and an interval',
    { [`${STATE}/1/sourceDate`]: '2026-01-01T00:00:00Z' },
    [`${STATE}/1/sourceDateStart`, `${STATE}/1/sourceDateEnd`],
  ],
  ...at(`${STATE}/1/sourceDateStart`, GONE, '2026', ['2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z']),
  ...at(`${STATE}/1/sourceDateEnd`, GONE, 'later'),
  ...at(`${STATE}/0/cached`, 'copy', 5),
  ...at(`${STATE}/0/refinedBy/value`, GONE, ['a', 'b'], 5),
  [
    'a refined state without its selector',
    { [`${STATE}/1/refinedBy/value`]: GONE },
    [`${STATE}/1/refinedBy/value`],
  ],
  // §4.4
  ...at('/stylesheet', 5, 'red', null, ['https://example.org/1', 'https://example.org/2']),
  ...at('/stylesheet/type', 'Stylesheet', ['CssStylesheet', 'ex:Other']),
  ...at('/stylesheet/value', GONE, 5, ['a', 'b']),
  ...at('/stylesheet/id', 'style.css'),
  ['a class of styles that is none', { [`${PLACE}/styleClass`]: ['red', 5] }, [`${PLACE}/styleClass/1`]],
  // §4.5, §4.6
  ...at(`${PLACE}/renderedVia`, 5, 'pdf.js'),
  ...at(`${PLACE}/renderedVia/id`, 'pdf.js'),
  ['a scope that is none', { [`${PLACE}/scope/1`]: {} }, [`${PLACE}/scope/1`]],
  [
    'several faults at once',
    { '/created': 'x', '/body/2/value': GONE, [`${SELECTOR}/0/exact`]: 5 },
    ['/created', '/body/2/value', `${SELECTOR}/0/exact`],
  ],
  // What Postgres or UTF-8 cannot keep.
  ...at('/body/2/value', 'a\u0000b', 'a\ud800b', '\udfff'),
  ['a name with U+0000', { '/ex:anything/a\u0000': 1 }, ['/ex:anything/a\u0000']],
  ['a lone surrogate in an extension', { '/ex:anything/nested/1': '\ud83d' }, ['/ex:anything/nested/1']],
];

/** `json` with each member changed that a JSON pointer (RFC 6901) names. */
export function changed(json: object, change: Change): object {
  const copy = structuredClone(json);
  for (const [pointer, value] of Object.entries(change)) {
    const steps = pointer
      .slice(1)
      .split('/')
      .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
    const last = steps.pop() as string;
    let place = copy as Record<string, unknown>;
    for (const name of steps) place = place[name] as Record<string, unknown>;
    if (value === GONE && Array.isArray(place)) place.splice(Number(last), 1);
    else if (value === GONE) delete place[last];
    else place[last] = value;
  }
  return copy;
}
