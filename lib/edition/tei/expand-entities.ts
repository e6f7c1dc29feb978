import { characterEntities } from 'character-entities';
import { AppError } from '@/lib/kernel/errors';
import { findDoctype } from './doctype';
import { positionOf, refusal } from './refusal';

/** Code units that the entities of a DOCTYPE may add. */
const LONGEST_EXPANSION = 2_000_000;
/** Places that a notice names, and names of entities that have a notice each. */
const MOST_PLACES = 5;
const MOST_NAMES = 100;

/** An entity or a DOCTYPE of which the report speaks; `places` are `line:column`. */
export type SourceNotice = {
  element: string;
  count: number;
  words: number;
  places: string[];
  reason: 'entity-known' | 'entity-unknown' | 'doctype-outside';
};

/**
 * The source with the entities that its DOCTYPE declares inside itself put in their places (XML 1.0 §4.4), and without
 * the DOCTYPE. Nothing from outside is ever read: an entity that stands in another file is refused where it is used. One
 * that nothing here declares may be declared in such a file (XML 1.0 §4.1): a name of HTML or ISO 8879 is its character,
 * and any other stays in the text as it is written, and is noticed.
 */
export function expandEntities(source: string): { text: string; notices: SourceNotice[] } {
  const { start, end, subset, isOutside } = findDoctype(source) ?? {
    start: 0,
    end: 0,
    subset: '',
    isOutside: false,
  };
  const notices = new Map<string, SourceNotice>();
  const positionAt = createPositions(source);
  const notice = (name: string, reason: SourceNotice['reason'], at: number) => {
    const element = notices.size < MOST_NAMES || notices.has(name) ? name : '&…;';
    const known = notices.get(element) ?? { element, count: 0, words: 0, places: [], reason };
    notices.set(element, known);
    known.count++;
    if (known.places.length < MOST_PLACES) known.places.push(positionAt(at));
  };
  if (isOutside) notice('DOCTYPE', 'doctype-outside', start);
  // The lines stay where they are.
  const blank = source.slice(start, end).replace(/[^\n]/g, ' ');
  const rest = source.slice(end);
  const entities = new Map<string, string | null>();
  const declarations = subset.replace(/<!--[\s\S]*?-->/g, '');
  for (const [, name, double, single] of declarations.matchAll(
    /<!ENTITY\s+([^\s%"'<>]+)\s+(?:"([^"]*)"|'([^']*)'|(?:SYSTEM|PUBLIC)[^>]*)\s*>/g,
  )) {
    // The first declaration of a name holds (XML 1.0 §4.2).
    if (name !== undefined && !entities.has(name)) entities.set(name, double ?? single ?? null);
  }
  if (!/&(?!(?:amp|lt|gt|quot|apos);|#)/.test(rest))
    return { text: source.slice(0, start) + blank + rest, notices: [...notices.values()] };
  const values = new Map<string, string>();
  let added = 0;
  const undeclared = (name: string, at: number): string | undefined => {
    if (/^(?:amp|lt|gt|quot|apos)$|^#/.test(name)) return undefined;
    const character = Object.hasOwn(characterEntities, name) ? characterEntities[name] : undefined;
    notice(`&${name};`, character === undefined ? 'entity-unknown' : 'entity-known', end + at);
    return character?.replace(/[&<]/g, (sign) => `&#${sign.charCodeAt(0)};`) ?? `&amp;${name};`;
  };
  const expansionOf = (name: string, path: string[], at: number): string | undefined => {
    const known = values.get(name);
    if (known !== undefined) return known;
    if (!entities.has(name)) return undeclared(name, at);
    const raw = entities.get(name);
    const position = () => positionOf(source, end + at);
    if (raw === null || raw === undefined)
      throw refusal(position(), `the entity &${name}; stands outside this file, and nothing outside is read`);
    if (path.includes(name)) throw refusal(position(), `the entity &${name}; contains itself`);
    const value = raw
      .replace(/&#(?:x([0-9a-fA-F]+)|(\d+));/g, (reference, hex, decimal) => {
        const code = Number.parseInt(hex ?? decimal, hex ? 16 : 10);
        // A written “&” or “<” stays a reference, so that it is text.
        return code === 38 || code === 60 || code > 0x10ffff ? reference : String.fromCodePoint(code);
      })
      .replace(/&([^\s&;#]+);/g, (reference, inner) => expansionOf(inner, [...path, name], at) ?? reference);
    if (value.length > LONGEST_EXPANSION) throw expandsTooFar();
    values.set(name, value);
    return value;
  };
  const expanded = rest.replace(
    /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|&([^\s&;#<]+);/g,
    (found, name: string | undefined, at: number) => {
      const value = name === undefined ? undefined : expansionOf(name, [], at);
      if (value === undefined) return found;
      added += Math.max(0, value.length - found.length);
      if (added > LONGEST_EXPANSION) throw expandsTooFar();
      return value;
    },
  );
  return { text: source.slice(0, start) + blank + expanded, notices: [...notices.values()] };
}

/** Gives `line:column` of indexes that do not go back, without reading the text from its beginning for each. */
function createPositions(text: string): (at: number) => string {
  let line = 1;
  let lineAt = 0;
  return (at) => {
    for (let next = text.indexOf('\n', lineAt); next >= 0 && next < at; next = text.indexOf('\n', lineAt)) {
      line++;
      lineAt = next + 1;
    }
    return `${line}:${at - lineAt + 1}`;
  };
}

function expandsTooFar(): AppError {
  return new AppError('too_large', 'The entities of this file grow to over {most} characters.', {
    values: { most: LONGEST_EXPANSION },
  });
}
