import type { Arbitrary } from 'fast-check';
import { fc } from '../../support/seeded-fast-check';
import { GONE } from './invalid-annotations';

/** Annotations made by the rules of the model, over all its classes, to any depth. */

const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('', 'шумихи', '𝔄👩‍👩‍👧', ' a\n\te\u0301 '),
);
const iri = fc.oneof(
  fc
    .webUrl({ withFragments: true, withQueryParameters: true })
    .map((url) => url.replace(/%(?![0-9a-f]{2})/gi, '')),
  fc.uuid().map((id) => `urn:uuid:${id}`),
  fc.constantFrom('https://пример.рф/стр?q=ț#é', 'mailto:a@example.org', 'ex:term'),
);
const utc = fc
  .date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true })
  .map((date) => date.toISOString());
const motivation = fc.oneof(fc.constantFrom('commenting', 'tagging', 'assessing', 'ex:why'), iri);

const many = <T>(one: Arbitrary<T>) => fc.oneof(one, fc.array(one, { maxLength: 3 }));
const some = <T>(one: Arbitrary<T>) => fc.oneof(one, fc.array(one, { minLength: 1, maxLength: 3 }));
/** All of `must`, any of `may`. */
const object = (must: Record<string, Arbitrary<unknown>>, may: Record<string, Arbitrary<unknown>> = {}) =>
  fc.record({ ...must, ...may }, { requiredKeys: Object.keys(must) });

const agent = fc.oneof(
  iri,
  object(
    {},
    {
      id: iri,
      type: some(fc.constantFrom('Person', 'Organization', 'Software', 'ex:Class')),
      name: many(text),
      nickname: text,
      email: many(fc.constantFrom('mailto:a@example.org', 'mailto:b@example.org')),
      email_sha1: many(text),
      homepage: many(iri),
    },
  ),
);
const life = {
  creator: many(agent),
  created: utc,
  modified: utc,
  rights: many(iri),
  canonical: iri,
  via: many(iri),
  'ex:extension': fc.jsonValue({ maxDepth: 2 }),
};
const content = {
  ...life,
  format: many(text),
  language: many(fc.constantFrom('ru', 'ro', 'en')),
  processingLanguage: fc.constantFrom('ru', 'ro'),
  textDirection: fc.constantFrom('ltr', 'rtl', 'auto'),
  accessibility: many(text),
};
const only = (name: string) => ({ type: fc.constant(name) });

const { selector, state } = fc.letrec((tie) => {
  const refined = { refinedBy: some(tie('selector')) };
  const interval = fc.tuple(fc.nat(), fc.nat()).map(([start, length]) => ({ start, end: start + length }));
  return {
    selector: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      object({ ...only('TextQuoteSelector'), exact: text }, { prefix: text, suffix: text }),
      fc
        .constantFrom('TextPositionSelector', 'DataPositionSelector')
        .chain((type) => interval.map((at) => ({ type, ...at }))),
      object({ ...only('FragmentSelector'), value: text }, { conformsTo: iri, ...refined }),
      object({ ...only('CssSelector'), value: text }, refined),
      object({ ...only('XPathSelector'), value: text }, refined),
      object({ ...only('SvgSelector'), value: fc.constant('<svg><path d="M0 0"/></svg>') }, refined),
      object({ ...only('SvgSelector'), id: iri }),
      object({ ...only('RangeSelector'), startSelector: tie('selector'), endSelector: tie('selector') }),
      object({ ...only('ex:Selector') }, { value: fc.integer() }),
      iri,
    ),
    state: fc.oneof(
      { depthSize: 'small' },
      object(
        { ...only('TimeState') },
        { sourceDate: many(utc), cached: many(iri), refinedBy: some(tie('state')) },
      ),
      object({ ...only('TimeState'), sourceDateStart: utc, sourceDateEnd: utc }, refined),
      object({ ...only('HttpRequestState'), value: text }, { refinedBy: some(tie('state')) }),
      iri,
    ),
  };
});

const external = object(
  { id: iri },
  { ...content, type: some(fc.constantFrom('Image', 'Video', 'Text', 'ex:Class')) },
);
const textual = object(
  { ...only('TextualBody'), value: text },
  { ...content, id: iri, purpose: many(motivation) },
);
function specific(source: Arbitrary<unknown>) {
  const may = {
    id: iri,
    selector: many(selector),
    state: many(state),
    styleClass: many(text),
    scope: many(iri),
    renderedVia: many(agent),
    purpose: many(motivation),
  };
  return object({ ...only('SpecificResource'), source }, { ...life, ...may });
}
function lists(item: Arbitrary<unknown>) {
  return object(
    {
      type: fc.constantFrom('Choice', 'Composite', 'List', 'Independents'),
      items: fc.array(item, { minLength: 1, maxLength: 3 }),
    },
    { id: iri },
  );
}
const { body, target } = fc.letrec((tie) => ({
  body: fc.oneof(
    { depthSize: 'small' },
    iri,
    textual,
    external,
    specific(fc.oneof(iri, external)),
    lists(tie('body')),
  ),
  target: fc.oneof(
    { depthSize: 'small' },
    iri,
    external,
    specific(fc.oneof(iri, external)),
    lists(tie('target')),
  ),
}));

export const annotation = object(
  {
    '@context': fc.constant(['http://www.w3.org/ns/anno.jsonld', { ex: 'https://example.org/terms#' }]),
    type: fc.constantFrom('Annotation', ['Annotation'], ['ex:Gloss', 'Annotation']),
    target: some(target),
  },
  {
    ...life,
    id: iri,
    body: many(body),
    motivation: many(motivation),
    generator: many(agent),
    generated: utc,
    audience: many(object({ type: fc.constant('schema:Audience') }, { 'schema:audienceType': text })),
    stylesheet: fc.oneof(iri, object({ type: fc.constant('CssStylesheet'), value: text })),
  },
) as Arbitrary<Record<string, unknown>>;

const NO_TEXT = [5, null, ['a', 'b'], {}];
const NO_IRI = ['not an IRI', 5, null];
const NO_TIME = ['now', 5, '2026-01-31T12:00:00+01:00'];
const NO_OFFSET = [GONE, -1, 0.5, '1', null, [1, 2]];

/** What breaks each property, wherever it stands: nothing but that. */
const WRONG: Record<string, unknown[]> = {
  ...Object.fromEntries(['created', 'modified', 'generated', 'sourceDate'].map((name) => [name, NO_TIME])),
  ...Object.fromEntries(
    ['rights', 'canonical', 'via', 'cached', 'scope', 'conformsTo'].map((name) => [name, NO_IRI]),
  ),
  ...Object.fromEntries(['nickname', 'prefix', 'suffix'].map((name) => [name, NO_TEXT])),
  ...Object.fromEntries(['sourceDateStart', 'sourceDateEnd'].map((name) => [name, [GONE, ...NO_TIME]])),
  exact: [GONE, ...NO_TEXT],
  start: NO_OFFSET,
  end: NO_OFFSET,
  source: [GONE, ...NO_IRI, ['urn:a:1', 'urn:a:2']],
  startSelector: [GONE, ...NO_IRI],
  endSelector: [GONE, ...NO_IRI],
  selector: NO_IRI,
  state: NO_IRI,
  refinedBy: NO_IRI,
  renderedVia: NO_IRI,
  creator: NO_IRI,
  generator: NO_IRI,
  audience: NO_IRI,
  stylesheet: NO_IRI,
  target: [GONE, [], ...NO_IRI],
  items: [GONE, [], ...NO_IRI],
  body: NO_IRI,
  motivation: [5, null, 'two words'],
  purpose: [5, null, 'two words'],
  email: ['a@example.org', 5],
  homepage: NO_IRI,
  textDirection: ['up', 5],
  format: [5, null],
  language: [5, null],
  processingLanguage: [5, ['ru', 'ro']],
  accessibility: [5, null],
  styleClass: [5, null],
  name: [5, null],
  email_sha1: [5, null],
  '@context': [GONE, 'fish', []],
};

/** Every place in `json` with what breaks one rule there: JSON pointers, and values to put. */
export function singleBreaches(json: Record<string, unknown>): [string, unknown[]][] {
  const places: [string, unknown[]][] = [];
  const visit = (node: unknown, at: string): void => {
    if (Array.isArray(node)) for (const [i, item] of node.entries()) visit(item, `${at}/${i}`);
    else if (typeof node === 'object' && node !== null) {
      for (const [name, value] of Object.entries(node)) {
        if (name.startsWith('ex:') || name.startsWith('schema:')) continue;
        const wrong = name in WRONG ? WRONG[name] : wrongIn(node as Record<string, unknown>, name);
        if (wrong) places.push([`${at}/${name}`, wrong]);
        if (name !== '@context') visit(value, `${at}/${name}`);
      }
    }
  };
  visit(json, '');
  return places;
}

/** What breaks a property that means another thing in each class. */
function wrongIn(node: Record<string, unknown>, name: string): unknown[] | undefined {
  const type = String(node.type ?? '');
  if (name === 'value' && /TextualBody|(Css|XPath|Fragment)Selector|HttpRequestState/.test(type))
    return [GONE, ...NO_TEXT];
  if (name === 'value' && type === 'SvgSelector') return [GONE, 5, 'a circle', '<svg>'];
  if (name === 'id') return ['not an IRI', 5, null, ['urn:a:1', 'urn:a:2']];
  if (name === 'type' && /Annotation/.test(type)) return [GONE, 'Squirrel', 5, []];
  if (name === 'type' && /(Choice|Composite|List|Independents)$/.test(type))
    return [GONE, ['Choice', 'List']];
  if (name === 'type' && /Text(Quote|Position)Selector/.test(type))
    return [GONE, [type, 'ex:Other'], 'TextualBody'];
  return undefined;
}
