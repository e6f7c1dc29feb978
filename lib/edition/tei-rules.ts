import type { ParagraphKind } from './schema';

/**
 * The closed subset of TEI P5 that the text of an edition may use. Everything else is refused, because an element that is
 * ignored silently would change the text silently.
 */

/** What the parser does with an element. */
export type ElementRole =
  | 'frame'
  | 'section'
  | 'block'
  | 'transparent'
  | 'span'
  | 'choice'
  | 'printed'
  | 'reading'
  | 'supplied'
  | 'note'
  | 'page'
  | 'line';

export type ElementRule = {
  role: ElementRole;
  /** The elements that may be its children. */
  children: readonly string[];
  /** Whether it may have text. White space is always allowed, and counts only in a block. */
  text: boolean;
  attributes: readonly string[];
  required?: readonly string[];
};

const flow = [
  'foreign',
  'title',
  'ref',
  'quote',
  'seg',
  'persName',
  'orgName',
  'placeName',
  'date',
  'choice',
  'supplied',
  'note',
  'pb',
  'lb',
];
const blocks = ['head', 'byline', 'opener', 'p', 'closer', 'trailer'];

function frame(children: readonly string[], attributes: readonly string[] = []): ElementRule {
  return { role: 'frame', children, text: false, attributes };
}

function block(children: readonly string[] = flow, text = true): ElementRule {
  return {
    role: 'block',
    children,
    text,
    attributes: ['xml:id', 'xml:lang', 'corresp', 'type'],
    required: ['xml:id'],
  };
}

function inline(
  role: ElementRole,
  attributes: readonly string[],
  required: readonly string[] = [],
): ElementRule {
  return { role, children: flow, text: true, attributes, required };
}

function leaf(
  role: ElementRole,
  attributes: readonly string[] = [],
  required: readonly string[] = [],
): ElementRule {
  return { role, children: [], text: true, attributes, required };
}

const name = inline('transparent', ['ref', 'when']);
const readingAttributes = ['resp', 'cert'];

/** The pairs of readings in a choice: the printed one first, then ours (TEI P5 §3.5). */
export const CHOICES: ReadonlyMap<string, { reading: string; kind: 'sic' | 'reg' | 'expan' }> = new Map([
  ['sic', { reading: 'corr', kind: 'sic' }],
  ['orig', { reading: 'reg', kind: 'reg' }],
  ['abbr', { reading: 'expan', kind: 'expan' }],
]);

export const ELEMENT_RULES: ReadonlyMap<string, ElementRule> = new Map(
  Object.entries<ElementRule>({
    TEI: {
      ...frame(['teiHeader', 'text'], ['xml:id', 'xml:lang']),
      required: ['xml:id', 'xml:lang'],
    },
    text: frame(['body'], ['xml:lang']),
    body: frame(['div']),
    div: {
      role: 'section',
      children: [...blocks, 'pb'],
      text: false,
      attributes: ['xml:id', 'xml:lang', 'type', 'subtype'],
      required: ['xml:id'],
    },
    opener: frame(['address', 'salute', 'dateline', 'pb']),
    closer: frame(['signed', 'dateline', 'salute', 'pb']),
    head: block([...flow, 'bibl']),
    byline: block(),
    address: block(['addrLine', 'pb'], false),
    salute: block(),
    p: block(),
    signed: block(),
    dateline: block(),
    trailer: block([...flow, 'bibl']),
    addrLine: inline('transparent', []),
    bibl: inline('transparent', []),
    persName: name,
    orgName: name,
    placeName: name,
    date: name,
    foreign: inline('span', ['xml:id', 'xml:lang'], ['xml:lang']),
    title: inline('span', ['xml:id', 'xml:lang', 'level']),
    ref: inline('span', ['xml:id', 'xml:lang', 'target'], ['target']),
    quote: inline('span', ['xml:id', 'xml:lang', 'corresp']),
    seg: inline('span', ['xml:id', 'xml:lang', 'corresp']),
    choice: {
      role: 'choice',
      children: ['sic', 'orig', 'abbr', 'corr', 'reg', 'expan'],
      text: false,
      attributes: [],
    },
    sic: { ...leaf('printed'), children: ['pb', 'lb'] },
    orig: { ...leaf('printed'), children: ['pb', 'lb'] },
    abbr: { ...leaf('printed'), children: ['pb', 'lb'] },
    corr: leaf('reading', readingAttributes, readingAttributes),
    reg: leaf('reading', readingAttributes, readingAttributes),
    expan: leaf('reading', readingAttributes, readingAttributes),
    supplied: leaf('supplied', ['reason', ...readingAttributes], readingAttributes),
    note: inline('note', ['xml:id', 'xml:lang', 'n', 'place', 'type', 'target', 'resp', 'cert']),
    pb: { ...leaf('page', ['n', 'ed', 'resp', 'break'], ['n']), text: false },
    lb: { ...leaf('line', ['break']), text: false },
  }),
);

const kinds: ReadonlyMap<string, ParagraphKind> = new Map<string, ParagraphKind>([
  ['head', 'head'],
  ['head masthead', 'masthead'],
  ['head main', 'head'],
  ['head sub', 'subhead'],
  ['byline', 'byline'],
  ['address', 'address'],
  ['salute', 'salute'],
  ['p', 'p'],
  ['signed', 'signed'],
  ['dateline', 'dateline'],
  ['trailer', 'source'],
]);

/** The kind of paragraph that a block element makes, or undefined where its type is not of the subset. */
export function paragraphKind(element: string, type: string | undefined): ParagraphKind | undefined {
  return kinds.get(type === undefined ? element : `${element} ${type}`);
}

/** The elements of the header. They may nest freely, because the header makes no canonical text. */
export const HEADER_ELEMENTS: ReadonlySet<string> = new Set(
  `teiHeader fileDesc titleStmt title author editor respStmt resp name editionStmt edition publicationStmt publisher
   pubPlace date availability licence p sourceDesc biblStruct analytic monogr imprint biblScope bibl msDesc
   msIdentifier settlement repository collection idno msContents msItem locus encodingDesc editorialDecl correction
   normalization hyphenation segmentation interpretation quotation refsDecl citeStructure profileDesc langUsage
   language correspDesc correspAction persName orgName placeName revisionDesc change ref`.split(/\s+/),
);
