import { SaxesParser } from 'saxes';
import { excessOfMarks, MOST_COMBINING_MARKS } from '@/lib/kernel/combining-marks';
import { AppError } from '@/lib/kernel/errors';

/** In code units. */
export const LONGEST_SOURCE = 64_000_000;
/** Elements inside one another, at most. The deepest real edition tried has 30. */
const MOST_NESTED = 250;
/** Code units that the entities of a DOCTYPE may add. */
const LONGEST_EXPANSION = 2_000_000;

/** An element: its local name and its attributes, `xml:id` and `xml:lang` by these names. `at` is `line:column`. */
export type TeiTag = { name: string; attributes: ReadonlyMap<string, string>; at: string };

export type SourceHandler = {
  open(tag: TeiTag): void;
  close(): void;
  text(words: string): void;
};

/** The refusal of a source at `line:column`; both count from 1. */
export function refusal(at: string, reason: string): AppError {
  return new AppError('invalid', `The file is refused: ${at} ${reason}.`, {
    errors: [{ pointer: at, detail: `${at} ${reason}` }],
  });
}

/**
 * Reads an XML source from its beginning to its end. Comments and processing instructions are passed over; text is
 * normalised to NFC. Gives how many pieces of text were not NFC.
 *
 * @throws AppError `invalid` where it is not well-formed (XML 1.0 §2.1), uses an entity from outside, or nests deeper
 *   than any text; its detail begins with `line:column`. `too_large` over the bounds.
 */
export function readSource(source: string, handler: SourceHandler): { normalized: number } {
  if (source.length > LONGEST_SOURCE) throw tooLong();
  const text = expandEntities(source.replace(/^\uFEFF/, ''));
  checkCharacters(text);
  const parser = new SaxesParser({ xmlns: true, position: true });
  let depth = 0;
  let normalized = 0;
  let tagAt = '1:1';
  const here = () => `${parser.line}:${parser.columnIndex + 1}`;
  parser.on('error', (error) => {
    throw refusal(here(), error.message.replace(/^.*?\d+:\d+: /, '').replace(/\.$/, ''));
  });
  parser.on('opentagstart', ({ name }) => {
    tagAt = `${parser.line}:${Math.max(1, parser.columnIndex - name.length)}`;
  });
  parser.on('opentag', (raw) => {
    depth++;
    if (depth > MOST_NESTED)
      throw refusal(tagAt, `elements stand inside one another more than ${MOST_NESTED} deep`);
    const attributes = new Map<string, string>();
    for (const { name, local, prefix, value } of Object.values(raw.attributes)) {
      if (prefix === 'xmlns' || name === 'xmlns') continue;
      attributes.set(prefix === 'xml' ? name : local, value.normalize('NFC'));
    }
    handler.open({ name: raw.local, attributes, at: tagAt });
  });
  parser.on('closetag', () => {
    depth--;
    handler.close();
  });
  const onText = (words: string) => {
    const normal = words.normalize('NFC');
    if (normal !== words) normalized++;
    handler.text(normal);
  };
  parser.on('text', onText);
  parser.on('cdata', onText);
  try {
    parser.write(text).close();
  } catch (error) {
    if (error instanceof AppError) throw error;
    // Saxes throws what it finds at the end itself.
    throw refusal(
      here(),
      error instanceof Error ? error.message.replace(/^.*?\d+:\d+: /, '').replace(/\.$/, '') : 'not XML',
    );
  }
  return { normalized };
}

function tooLong(): AppError {
  return new AppError('too_large', 'The file has over {most} characters.', {
    values: { most: LONGEST_SOURCE },
  });
}

function checkCharacters(text: string): void {
  const lone = /\p{Surrogate}/u.exec(text);
  if (lone) throw refusal(positionOf(text, lone.index), 'half of a surrogate pair is no character');
  const marks = excessOfMarks(text);
  if (marks === null) return;
  throw refusal(
    positionOf(text, marks),
    `more than ${MOST_COMBINING_MARKS} combining marks in a row are no text`,
  );
}

function positionOf(text: string, at: number): string {
  const before = text.slice(0, at);
  const line = before.split('\n').length;
  return `${line}:${[...before.slice(before.lastIndexOf('\n') + 1)].length + 1}`;
}

/**
 * The source with the entities that its DOCTYPE declares inside itself put in their places (XML 1.0 §4.4), and without
 * the DOCTYPE. Nothing from outside is ever read: an entity that stands in another file is refused where it is used.
 */
function expandEntities(source: string): string {
  const doctype = findDoctype(source);
  if (!doctype) return source;
  const { start, end, subset } = doctype;
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
  if (entities.size === 0) return source.slice(0, start) + blank + rest;
  const values = new Map<string, string>();
  let added = 0;
  const expansionOf = (name: string, path: string[], at: number): string | undefined => {
    const known = values.get(name);
    if (known !== undefined) return known;
    if (!entities.has(name)) return undefined;
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
      added += value.length;
      if (added > LONGEST_EXPANSION) throw expandsTooFar();
      return value;
    },
  );
  return source.slice(0, start) + blank + expanded;
}

function expandsTooFar(): AppError {
  return new AppError('too_large', 'The entities of this file grow to over {most} characters.', {
    values: { most: LONGEST_EXPANSION },
  });
}

/** The DOCTYPE of a source, before its root: `[start, end)` in code units, and its inner subset. */
function findDoctype(source: string): { start: number; end: number; subset: string } | null {
  const prolog = /^(?:\s+|<\?[\s\S]*?\?>|<!--[\s\S]*?-->)*/.exec(source)?.[0].length ?? 0;
  if (!source.startsWith('<!DOCTYPE', prolog)) return null;
  let at = prolog + 9;
  let subsetAt = -1;
  let subset = '';
  while (at < source.length) {
    const character = source[at];
    if (character === '"' || character === "'") {
      const close = source.indexOf(character, at + 1);
      if (close < 0) return null;
      at = close + 1;
    } else if (source.startsWith('<!--', at)) {
      const close = source.indexOf('-->', at + 4);
      if (close < 0) return null;
      at = close + 3;
    } else if (character === '[' && subsetAt < 0) {
      subsetAt = ++at;
    } else if (character === ']' && subsetAt >= 0) {
      subset = source.slice(subsetAt, at);
      subsetAt = Number.MAX_SAFE_INTEGER;
      at++;
    } else if (character === '>' && (subsetAt < 0 || subsetAt === Number.MAX_SAFE_INTEGER)) {
      return { start: prolog, end: at + 1, subset };
    } else at++;
  }
  return null;
}
