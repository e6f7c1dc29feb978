import { SaxesParser } from 'saxes';
import type { Paragraph, Section } from '@/lib/edition/schema';
import { codePointLength } from '@/lib/kernel/code-points';

/** Elements whose text is in the string value that a pointer counts, but not in the canonical text. */
const APPARATUS = new Set(['note', 'corr', 'reg', 'expan', 'rdg', 'fw', 'figDesc', 'desc']);
/** An element that stands beside the text by the rules of canon/1 alone. */
const SUPPLIED = 'supplied';
const FRAME = new Set(['TEI', 'text', 'body', 'div']);

type TextRange = { from: number; to: number };

/** The string value of an element; `apparatus` and `supplied` are ranges of it that are not canonical, in code points. */
type ElementText = { text: string; length: number; apparatus: TextRange[]; supplied: TextRange[] };

export type Pointers = {
  /** Pointers to `[start, end)` in code points of the canonical text; null where the source has no such paragraph by name. */
  toPassage: (section: Section, start: number, end: number) => string[] | null;
  /** Whether the source has this id. */
  hasId: (id: string) => boolean;
};

/**
 * Reads a TEI source and makes pointers into it. A passage gets a `string-range()` (TEI P5 §17.2.4) for each paragraph
 * that it overlaps: the paragraph's id in the file, then pairs of offset and length in characters of its string value,
 * which skip the apparatus inside it (notes, corrections). Where a paragraph with an id has another text than the
 * canonical one, the pointer is to the whole of it.
 */
export function createPointers(source: string): Pointers {
  const { texts, ids } = elementTexts(source);
  const positions = new Map<string, CharacterPositions | null>();
  let latest: { section: Section; characters: string[] } | undefined;
  /** A section's text by code points, kept for one section, because annotations come section by section. */
  const charactersOf = (section: Section) => {
    if (latest?.section !== section) latest = { section, characters: [...section.text] };
    return latest.characters;
  };

  function pointerTo(section: Section, paragraph: Paragraph, start: number, end: number): string | null {
    // An id of the file may have got that of its section before it.
    const prefix = `${section.home ?? section.id}.`;
    const isOwn = texts.has(paragraph.id);
    const id = isOwn || !paragraph.id.startsWith(prefix) ? paragraph.id : paragraph.id.slice(prefix.length);
    const elementText = texts.get(id);
    if (!elementText) return null;
    const known = positions.get(paragraph.id);
    const text = () => charactersOf(section).slice(paragraph.start, paragraph.end);
    const found = known === undefined ? positionsIn(text(), elementText) : known;
    positions.set(paragraph.id, found);
    if (!found) return isOwn ? `#${id}` : null;
    const from = Math.max(start, paragraph.start) - paragraph.start;
    const pairs = pairsOf(found, from, Math.min(end, paragraph.end) - paragraph.start);
    return `#string-range(${[id, ...pairs].join(',')})`;
  }

  return {
    hasId: (id) => ids.has(id),
    toPassage: (section, start, end) => {
      const pointers: string[] = [];
      for (const paragraph of section.paragraphs) {
        if (paragraph.start >= end || paragraph.end <= start) continue;
        const pointer = pointerTo(section, paragraph, start, end);
        // A part of a passage would be another passage.
        if (pointer === null) return null;
        pointers.push(pointer);
      }
      return pointers.length > 0 ? pointers : null;
    },
  };
}

/** The position of a space that the source has not as a character. */
const NOWHERE = -1;

/** For each character of a paragraph its offset in the element's text, and whether it continues the run of the character before: nothing but white space is between them. */
type CharacterPositions = { at: Int32Array; joined: Uint8Array };

/** The positions of a canonical paragraph's characters, by either rule for supplied words; null for another text. */
function positionsIn(
  text: string[],
  { text: raw, apparatus, supplied }: ElementText,
): CharacterPositions | null {
  const characters = [...raw];
  const without = [...apparatus, ...supplied].sort((a, b) => a.from - b.from);
  return (
    characterPositions(text, characters, without) ??
    (supplied.length > 0 ? characterPositions(text, characters, apparatus) : null)
  );
}

function characterPositions(
  text: string[],
  characters: string[],
  apparatus: TextRange[],
): CharacterPositions | null {
  const positions = { at: new Int32Array(text.length), joined: new Uint8Array(text.length) };
  let at = 0;
  let joined = false;
  let next = 0;
  /** Skips apparatus, and white space too where it is not significant. */
  const skip = (whiteSpace: boolean) => {
    for (;;) {
      const range = apparatus[next];
      if (range && range.from <= at) {
        if (range.to > at) joined = false;
        at = Math.max(at, range.to);
        next++;
      } else if (whiteSpace && isWhite(characters[at])) at++;
      else return;
    }
  };
  skip(true);
  for (const [i, wanted] of text.entries()) {
    skip(false);
    if (wanted === ' ' && !isWhite(characters[at])) {
      // A line break parts words without a character of its own.
      positions.at[i] = NOWHERE;
      continue;
    }
    if (wanted !== characters[at] && wanted !== ' ') return null;
    positions.at[i] = at++;
    positions.joined[i] = joined ? 1 : 0;
    joined = true;
    if (wanted === ' ') skip(true);
  }
  skip(true);
  return at === characters.length ? positions : null;
}

/** Offset and length of each run of the characters in `[from, to)`. */
function pairsOf({ at, joined }: CharacterPositions, from: number, to: number): number[] {
  const pairs: number[] = [];
  let start = -1;
  for (let i = from; i < to; i++) {
    const position = at[i] as number;
    if (position === NOWHERE) continue;
    if (start === -1 || !joined[i]) {
      start = position;
      pairs.push(start, 1);
    } else pairs[pairs.length - 1] = position + 1 - start;
  }
  return pairs;
}

function isWhite(character: string | undefined): boolean {
  return character !== undefined && /^[ \t\r\n]$/.test(character);
}

/** The text of every element that has an id, without the elements around the paragraphs; and all ids. */
function elementTexts(source: string): { texts: Map<string, ElementText>; ids: Set<string> } {
  const texts = new Map<string, ElementText>();
  const ids = new Set<string>();
  const open: { name: string; id: string | undefined; text: ElementText }[] = [];
  const parser = new SaxesParser({ xmlns: false });
  // An entity of the file's own stays as it is: its paragraph has another text then.
  parser.on('error', () => {});
  parser.on('opentag', ({ name: tag, attributes }) => {
    const name = tag.replace(/^.*:/, '');
    const own = attributes['xml:id'];
    if (own !== undefined) ids.add(own);
    const id = FRAME.has(name) ? undefined : own;
    open.push({ name, id, text: { text: '', length: 0, apparatus: [], supplied: [] } });
  });
  const add = (added: string) => {
    const length = codePointLength(added);
    let canonical = open.at(-1)?.name !== 'choice';
    let supplied = false;
    // From the inside out: the text is canonical up to the first apparatus element, and apparatus for those around it.
    for (const { name, id, text } of open.toReversed()) {
      if (id !== undefined) {
        const range = { from: text.length, to: text.length + length };
        if (!canonical) text.apparatus.push(range);
        else if (supplied) text.supplied.push(range);
        text.text += added;
        text.length += length;
      }
      if (APPARATUS.has(name)) canonical = false;
      if (name === SUPPLIED) supplied = true;
    }
  };
  parser.on('text', add);
  parser.on('cdata', add);
  parser.on('closetag', () => {
    const closed = open.pop();
    if (closed?.id !== undefined) texts.set(closed.id, closed.text);
  });
  parser.write(source.replace(/^\uFEFF/, '')).close();
  return { texts, ids };
}
