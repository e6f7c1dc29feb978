/**
 * The JSON-LD contexts that we use, so that none is fetched: that of the Web Annotation Vocabulary (Appendix A), and
 * the terms of the Linked Data Platform that a container has.
 */

type Term = string | { '@id': string; '@type'?: string; '@container'?: string };
export type JsonLdContext = { '@context': Record<string, Term> };

const PREFIXES = {
  oa: 'http://www.w3.org/ns/oa#',
  dc: 'http://purl.org/dc/elements/1.1/',
  dcterms: 'http://purl.org/dc/terms/',
  dctypes: 'http://purl.org/dc/dcmitype/',
  foaf: 'http://xmlns.com/foaf/0.1/',
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
  skos: 'http://www.w3.org/2004/02/skos/core#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
  iana: 'http://www.iana.org/assignments/relation/',
  owl: 'http://www.w3.org/2002/07/owl#',
  as: 'http://www.w3.org/ns/activitystreams#',
  schema: 'http://schema.org/',
};

/** Terms with the same name in the namespace `oa`: classes, motivations, string properties. */
const OA_TERMS = [
  ...['Annotation', 'TextualBody', 'ResourceSelection', 'SpecificResource', 'Choice', 'Motivation'],
  ...['FragmentSelector', 'CssSelector', 'XPathSelector', 'TextQuoteSelector', 'TextPositionSelector'],
  ...['DataPositionSelector', 'SvgSelector', 'RangeSelector', 'TimeState', 'HttpRequestState'],
  ...['bookmarking', 'classifying', 'commenting', 'describing', 'editing', 'highlighting', 'identifying'],
  ...['linking', 'moderating', 'questioning', 'replying', 'reviewing', 'tagging'],
  ...['bodyValue', 'processingLanguage', 'exact', 'prefix', 'suffix', 'styleClass'],
];

/** Terms of other vocabularies, and terms with another name in `oa`. */
const OTHER_TERMS = {
  Dataset: 'dctypes:Dataset',
  Image: 'dctypes:StillImage',
  Video: 'dctypes:MovingImage',
  Audio: 'dctypes:Sound',
  Text: 'dctypes:Text',
  CssStylesheet: 'oa:CssStyle',
  Person: 'foaf:Person',
  Organization: 'foaf:Organization',
  Software: 'as:Application',
  AnnotationCollection: 'as:OrderedCollection',
  AnnotationPage: 'as:OrderedCollectionPage',
  Audience: 'schema:Audience',
  auto: 'oa:autoDirection',
  ltr: 'oa:ltrDirection',
  rtl: 'oa:rtlDirection',
  accessibility: 'schema:accessibilityFeature',
  format: 'dc:format',
  language: 'dc:language',
  value: 'rdf:value',
  name: 'foaf:name',
  nickname: 'foaf:nick',
  email: 'foaf:mbox',
  email_sha1: 'foaf:mbox_sha1sum',
  label: 'rdfs:label',
};

/** Properties by the type of their values (`@type` in the context). */
const TYPED: Record<string, Record<string, string>> = {
  '@id': {
    body: 'oa:hasBody',
    target: 'oa:hasTarget',
    source: 'oa:hasSource',
    selector: 'oa:hasSelector',
    state: 'oa:hasState',
    scope: 'oa:hasScope',
    refinedBy: 'oa:refinedBy',
    renderedVia: 'oa:renderedVia',
    startSelector: 'oa:hasStartSelector',
    endSelector: 'oa:hasEndSelector',
    via: 'oa:via',
    canonical: 'oa:canonical',
    stylesheet: 'oa:styledBy',
    cached: 'oa:cachedSource',
    creator: 'dcterms:creator',
    rights: 'dcterms:rights',
    conformsTo: 'dcterms:conformsTo',
    generator: 'as:generator',
    homepage: 'foaf:homepage',
    audience: 'schema:audience',
    partOf: 'as:partOf',
    first: 'as:first',
    last: 'as:last',
    next: 'as:next',
    prev: 'as:prev',
  },
  '@vocab': { motivation: 'oa:motivatedBy', purpose: 'oa:hasPurpose', textDirection: 'oa:textDirection' },
  'xsd:dateTime': {
    created: 'dcterms:created',
    modified: 'dcterms:modified',
    generated: 'dcterms:issued',
    sourceDate: 'oa:sourceDate',
    sourceDateStart: 'oa:sourceDateStart',
    sourceDateEnd: 'oa:sourceDateEnd',
  },
  'xsd:nonNegativeInteger': {
    start: 'oa:start',
    end: 'oa:end',
    total: 'as:totalItems',
    startIndex: 'as:startIndex',
  },
};

const typed = Object.entries(TYPED).flatMap(([type, terms]) =>
  Object.entries(terms).map(([name, id]) => [name, { '@type': type, '@id': id }] as const),
);

/** http://www.w3.org/ns/anno.jsonld */
export const ANNO: JsonLdContext = {
  '@context': {
    ...PREFIXES,
    id: { '@type': '@id', '@id': '@id' },
    type: { '@type': '@id', '@id': '@type' },
    ...Object.fromEntries(OA_TERMS.map((name) => [name, `oa:${name}`])),
    ...OTHER_TERMS,
    ...Object.fromEntries(typed),
    items: { '@type': '@id', '@id': 'as:items', '@container': '@list' },
  },
};

/** http://www.w3.org/ns/ldp.jsonld, as far as a container of annotations goes. */
export const LDP: JsonLdContext = {
  '@context': {
    ldp: 'http://www.w3.org/ns/ldp#',
    id: '@id',
    type: '@type',
    Container: 'ldp:Container',
    BasicContainer: 'ldp:BasicContainer',
    contains: { '@type': '@id', '@id': 'ldp:contains' },
    constrainedBy: { '@type': '@id', '@id': 'ldp:constrainedBy' },
  },
};
