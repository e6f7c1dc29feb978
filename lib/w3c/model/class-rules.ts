import { isUnsafeSvg } from '@/lib/canvas';
import {
  direction,
  iri,
  isOffset,
  link,
  mailto,
  motivation,
  offset,
  oneOf,
  svg,
  term,
  text,
  utc,
  type ValueRule,
} from './value-rules';

/** The role of an object in an annotation, which decides the classes it may have. */
export type NodeRole =
  | 'annotation'
  | 'body'
  | 'target'
  | 'selector'
  | 'state'
  | 'refinement'
  | 'agent'
  | 'audience'
  | 'stylesheet';

/**
 * The cardinality of a property, and what each value must be; `same` means the role of the object that has it. Arrays
 * are for properties with several values (REC, Terminology); with `array` a single value may be an array of one too,
 * as in the W3C's schemas (web-annotation-tests).
 */
export type PropertyRule = {
  min: 0 | 1;
  max: 1 | 'many';
  array?: boolean;
  of: ValueRule | NodeRole | 'same';
};
export type PropertyRules = Record<string, PropertyRule>;
export type Node = Record<string, unknown>;
/** A violation of a rule between the properties of one object; `at` is the property to report. */
export type RuleViolation = { at: string; detail: string };

type ClassRule = {
  properties: PropertyRules;
  /** Rules between properties; `open`: contexts other than the model's may define terms. */
  rule?: (node: Node, open: boolean) => RuleViolation[];
};

type Of = PropertyRule['of'];
const one = (of: Of): PropertyRule => ({ min: 1, max: 1, of });
const optional = (of: Of): PropertyRule => ({ min: 0, max: 1, of });
const single = (of: Of): PropertyRule => ({ min: 0, max: 1, array: true, of });
const some = (of: Of): PropertyRule => ({ min: 1, max: 'many', of });
const many = (of: Of): PropertyRule => ({ min: 0, max: 'many', of });
/** The type is exactly one of `names`. */
const exactly = (...names: string[]): PropertyRule => ({ min: 1, max: 1, array: true, of: oneOf(...names) });

const has = (node: Node, name: string) => Object.hasOwn(node, name);

/** The properties that any resource may have: §3.2.1, §3.2.2, §3.3. */
export const COMMON: PropertyRules = {
  id: optional(iri),
  type: many(term),
  format: many(text),
  language: many(text),
  processingLanguage: single(text),
  textDirection: single(direction),
  creator: many('agent'),
  created: single(utc),
  generator: many('agent'),
  generated: single(utc),
  modified: single(utc),
  audience: many('audience'),
  accessibility: many(text),
  motivation: many(motivation),
  purpose: many(motivation),
  rights: many(link),
  canonical: single(link),
  via: many(link),
};

/** §3.1, §3.2.5, §4.4. The `id` is optional, because the server assigns one. */
const ANNOTATION: ClassRule = {
  properties: {
    type: some(term),
    body: many('body'),
    bodyValue: optional(text),
    target: some('target'),
    stylesheet: optional('stylesheet'),
  },
  rule: (node) => [
    ...([node.type].flat().includes('Annotation')
      ? []
      : [{ at: 'type', detail: 'This must be an Annotation.' }]),
    ...(has(node, 'body') && has(node, 'bodyValue')
      ? [{ at: 'bodyValue', detail: 'An annotation with a body has no bodyValue.' }]
      : []),
  ],
};

/**
 * Properties that belong to one class and exclude the others. The REC implies them; the W3C's schemas state them as
 * rules (web-annotation-tests, 3.2.7, 3.3.5 and 4).
 */
const EXCLUSIVE = [
  { at: 'items', detail: 'Only a Choice or another list has items.' },
  { at: 'purpose', detail: 'A purpose is said of a text, or of a specific resource.' },
  { at: 'source', detail: 'Only a specific resource has a source.' },
  { at: 'value', detail: 'Only a text has a value.' },
] as const;

function without(...properties: (typeof EXCLUSIVE)[number]['at'][]): (node: Node) => RuleViolation[] {
  return (node) => EXCLUSIVE.filter(({ at }) => properties.includes(at) && has(node, at));
}

/** §3.2.1: an external resource is not embedded, so it needs an IRI. */
export const EXTERNAL: ClassRule = { properties: { id: one(iri) }, rule: without('items', 'purpose') };
/** §3.2.4. */
export const TEXTUAL: ClassRule = { properties: { value: one(text) }, rule: without('items', 'source') };
/** §4, §4.1 to §4.6. */
export const SPECIFIC: ClassRule = {
  properties: {
    source: one('same'),
    selector: many('selector'),
    state: many('state'),
    styleClass: many(text),
    renderedVia: many('agent'),
    scope: many(link),
  },
  rule: without('items', 'value'),
};
/** The lists: Choice (§3.2.7), and those of the Vocabulary, appendix on proposed definitions. */
export const LISTS = ['Choice', 'Composite', 'List', 'Independents'];
export const LIST: ClassRule = {
  properties: { type: exactly(...LISTS), items: some('same') },
  rule: without('value', 'source', 'purpose'),
};

const refinedBy = many('refinement');

function selector(name: string, properties: PropertyRules, rule?: ClassRule['rule']): [string, ClassRule] {
  return [name, { properties: { type: exactly(name), refinedBy, ...properties }, ...(rule && { rule }) }];
}

/** A range begins before it ends: §4.2.5, §4.2.6. */
const ordered = ({ start, end }: Node): RuleViolation[] =>
  isOffset(start) && isOffset(end) && start > end
    ? [{ at: 'end', detail: 'The end may not come before the start.' }]
    : [];

/** SVG with scripts would run in the page that shows the annotation, and no shape needs them. */
const unsafeSvg = ({ value }: Node): RuleViolation[] =>
  typeof value === 'string' && isUnsafeSvg(value)
    ? [{ at: 'value', detail: 'This SVG has a script in it, or something else that would run.' }]
    : [];

/** §4.2. A selector of another class is an extension. */
export const SELECTORS = new Map<string, ClassRule>([
  selector('FragmentSelector', { value: one(text), conformsTo: optional(link) }),
  selector('CssSelector', { value: one(text) }),
  selector('XPathSelector', { value: one(text) }),
  selector('TextQuoteSelector', { exact: one(text), prefix: optional(text), suffix: optional(text) }),
  selector('TextPositionSelector', { start: one(offset), end: one(offset) }, ordered),
  selector('DataPositionSelector', { start: one(offset), end: one(offset) }, ordered),
  selector('SvgSelector', { value: optional(svg) }, (node) =>
    has(node, 'value') || has(node, 'id')
      ? unsafeSvg(node)
      : [{ at: 'value', detail: 'SVG is given here as value, or elsewhere by its id.' }],
  ),
  selector('RangeSelector', { startSelector: one('selector'), endSelector: one('selector') }),
]);

/** §4.3. */
export const STATES = new Map<string, ClassRule>([
  selector(
    'TimeState',
    {
      sourceDate: many(utc),
      sourceDateStart: optional(utc),
      sourceDateEnd: optional(utc),
      cached: many(link),
    },
    (node) => {
      const ends = ['sourceDateStart', 'sourceDateEnd'];
      const given = ends.filter((at) => has(node, at));
      const moment = has(node, 'sourceDate');
      if (moment)
        return given.map((at) => ({ at, detail: 'A state has a moment or an interval, not both.' }));
      const missing = ends.filter((at) => given.length === 1 && !has(node, at));
      return missing.map((at) => ({ at, detail: 'An interval has both a start and an end.' }));
    },
  ),
  selector('HttpRequestState', { value: one(text) }),
]);

/** §3.3.2. What renders a resource (§4.5) is one too. */
const AGENT: ClassRule = {
  properties: {
    name: many(text),
    nickname: single(text),
    email: many(mailto),
    email_sha1: many(text),
    homepage: many(link),
  },
};

/** Terms of the model's own context that an audience may use. */
const AUDIENCE_TERMS = [...Object.keys(COMMON), 'name', 'label', 'value', 'homepage', 'Audience'];
const isPlain = (name: unknown) => typeof name === 'string' && !name.includes(':') && !name.startsWith('@');

/** §3.3.3: terms of schema.org have its prefix. */
const AUDIENCE: ClassRule = {
  properties: {},
  rule: (node, open) => {
    if (open) return [];
    const bare = Object.keys(node).filter((name) => isPlain(name) && !AUDIENCE_TERMS.includes(name));
    const classes = [node.type].flat();
    if (classes.some((name) => isPlain(name) && !AUDIENCE_TERMS.includes(name as string))) bare.push('type');
    return bare.map((at) => ({ at, detail: 'What schema.org names has the prefix schema: here.' }));
  },
};

/** §4.4. */
const STYLESHEET: ClassRule = {
  properties: { type: { ...exactly('CssStylesheet'), min: 0 }, value: optional(text) },
  rule: (node) =>
    has(node, 'value') || has(node, 'id')
      ? []
      : [{ at: 'value', detail: 'A stylesheet is given here as value, or elsewhere by its id.' }],
};

/** The roles that have one class each. */
export const BY_ROLE = new Map<NodeRole, ClassRule>([
  ['annotation', ANNOTATION],
  ['agent', AGENT],
  ['audience', AUDIENCE],
  ['stylesheet', STYLESHEET],
]);

/** The classes of the model: an object with none of them is an extension. */
export const OWN_CLASSES = new Set([
  ...['Dataset', 'Image', 'Video', 'Sound', 'Audio', 'Text', 'TextualBody', 'SpecificResource', ...LISTS],
  ...['Annotation', 'CssStylesheet', 'Person', 'Organization', 'Software', 'Audience', 'Motivation'],
  ...['AnnotationCollection', 'AnnotationPage', ...SELECTORS.keys(), ...STATES.keys()],
]);

export type { ClassRule };
