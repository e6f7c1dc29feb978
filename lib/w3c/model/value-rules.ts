import { SaxesParser } from 'saxes';
import { isScriptIri } from '@/lib/kernel/script-iri';

/** A check of a single value, and the sentence where it fails. `open`: contexts other than the model's may define terms. */
export type ValueRule = {
  holds: (value: unknown, open: boolean) => boolean;
  detail: string;
  values?: Record<string, string>;
};

const NON_IRI = /[\s\p{Cc}<>"{}|\\^`]|%(?![0-9a-f]{2})/iu;

/** Whether `value` is an absolute IRI (RFC 3987 §2.2). Unescaped square brackets pass, because many real queries have them. */
export function isIri(value: unknown): value is string {
  if (typeof value !== 'string' || !/^[a-z][a-z0-9+.-]*:./i.test(value) || NON_IRI.test(value)) return false;
  if (isScriptIri(value)) return false;
  return !/^https?:/i.test(value) || (/^https?:\/\/[^/?#]/i.test(value) && URL.canParse(value));
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const DATE_TIME =
  /^(-?(?:[1-9]\d{3,}|0\d{3}))-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?|24:00:00(?:\.0+)?)Z$/;

/** Whether `value` is an xsd:dateTime (XML Schema 1.1 part 2 §3.3.7) in UTC, written with "Z". */
export function isUtc(value: unknown): boolean {
  const [, year, month, day] = (typeof value === 'string' && DATE_TIME.exec(value)) || [];
  if (!year) return false;
  const leap = Number(year) % 4 === 0 && (Number(year) % 100 !== 0 || Number(year) % 400 === 0);
  const days = Number(month) === 2 && leap ? 29 : (DAYS[Number(month) - 1] as number);
  return Number(day) <= days;
}

const SHAPES = ['svg', 'g', 'path', 'rect', 'circle', 'ellipse', 'line', 'polyline', 'polygon'];

/** UTF-16 units of an SVG, at most: what somebody draws has some hundreds. */
const SVG_MAX = 100_000;

/** Whether `value` is well-formed SVG. Prefixes need not be declared, because the REC's own example has an undeclared one. */
function isSvg(value: unknown): boolean {
  if (typeof value !== 'string' || value.length > SVG_MAX) return false;
  let isWellFormed = true;
  let root = '';
  const parser = new SaxesParser({ xmlns: false });
  parser.on('error', () => {
    isWellFormed = false;
  });
  parser.on('opentag', ({ name }) => {
    root ||= name.replace(/^.*:/, '');
  });
  try {
    parser.write(value.trim()).close();
  } catch {
    return false;
  }
  return isWellFormed && SHAPES.includes(root);
}

/** The thirteen motivations (§3.3.5), and `reviewing`, an earlier one that the context still has. */
const MOTIVATIONS = [
  ...['assessing', 'bookmarking', 'classifying', 'commenting', 'describing', 'editing', 'highlighting'],
  ...['identifying', 'linking', 'moderating', 'questioning', 'replying', 'tagging', 'reviewing'],
];

function isMotivation(value: unknown, open: boolean): boolean {
  if (typeof value === 'object' && value !== null) return isIri((value as { id?: unknown }).id);
  return isIri(value) || MOTIVATIONS.includes(value as string) || (open && isTerm(value));
}

function isTerm(value: unknown): boolean {
  return typeof value === 'string' && value !== '' && !NON_IRI.test(value);
}

/** Whether `value` is an offset in a text or in data. */
export function isOffset(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

export const text: ValueRule = {
  holds: (value) => typeof value === 'string',
  detail: 'This must be a string.',
};
export const iri: ValueRule = {
  holds: isIri,
  detail: 'This must be an IRI, such as https://example.org/page or urn:isbn:9780140449136.',
};
/** The IRI of a Relationship, which may be an object with the IRI as its id (REC, Terminology). */
function iriOfRelationship(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? (value as { id?: unknown }).id : value;
}

export const mailto: ValueRule = {
  holds: (value) => {
    const address = iriOfRelationship(value);
    return isIri(address) && /^mailto:/i.test(address);
  },
  detail: 'This must be an address as an IRI: mailto:name@example.org.',
};
export const link: ValueRule = {
  holds: (value) => isIri(iriOfRelationship(value)),
  detail: 'This must be an IRI, or an object with an IRI as its id.',
};
export const term: ValueRule = { holds: isTerm, detail: 'This must be the name of a class.' };
export const utc: ValueRule = {
  holds: isUtc,
  detail: 'This must be a date and time in UTC, such as 2026-01-31T12:00:00Z.',
};
export const offset: ValueRule = {
  holds: isOffset,
  detail: 'This must be a whole number, not less than 0.',
};
export const svg: ValueRule = {
  holds: isSvg,
  detail: 'This must be well-formed SVG of at most {most} characters.',
  values: { most: String(SVG_MAX) },
};
export const motivation: ValueRule = {
  holds: isMotivation,
  detail: 'This must be one of the motivations of the model, or an IRI.',
};
export const direction: ValueRule = oneOf('ltr', 'rtl', 'auto');

/** A string that is one of `values`. */
export function oneOf(...values: string[]): ValueRule {
  return {
    holds: (value) => values.includes(value as string),
    detail: 'This must be one of: {values}.',
    values: { values: values.join(', ') },
  };
}
