import { SaxesParser } from 'saxes';
import type { Section } from '@/lib/edition/schema';
import { codePointLength } from '@/lib/kernel/code-points';

/** Elements whose text is in the string value that a pointer counts, but not in the canonical text. */
const APPARATUS = new Set(['note', 'corr', 'reg', 'expan', 'supplied']);
const FRAME = new Set(['TEI', 'text', 'body', 'div']);

/** The string value of an element; `apparatus` are the ranges of it that are not canonical, in code points. */
type ElementText = { text: string; length: number; apparatus: { from: number; to: number }[] };

/** Makes TEI pointers to a passage of `section`: `[start, end)` in code points of its canonical text. */
export type PointersTo = (section: Section, start: number, end: number) => string[];

/**
 * Reads a TEI source and returns a function that makes pointers into it. A passage gets a `string-range()` (TEI P5
 * §17.2.4) for each paragraph that it overlaps: the paragraph's id, then pairs of offset and length in characters of
 * the paragraph's string value, which skip the apparatus inside it (notes, corrections). If the source has another
 * text than the canonical one, the pointer is to the whole paragraph; if it has no such paragraph, to the section.
 */
export function createPointers(source: string): PointersTo {
  const texts = elementTexts(source);
  const positions = new Map<string, CharacterPositions | null>();
  let latest: { section: Section; characters: string[] } | undefined;
  /** A section's text by code points, kept for one section, because annotations come section by section. */
  const charactersOf = (section: Section) => {
    if (latest?.section !== section) latest = { section, characters: [...section.text] };
    return latest.characters;
  };
  return (section, start, end) => {
    const overlapped = section.paragraphs.filter(
      (paragraph) => paragraph.start < end && paragraph.end > start,
    );
    const pointers = overlapped.flatMap((paragraph) => {
      const elementText = texts.get(paragraph.id);
      if (!elementText) return [];
      const known = positions.get(paragraph.id);
      const text = () => charactersOf(section).slice(paragraph.start, paragraph.end);
      const found = known === undefined ? characterPositions(text(), elementText) : known;
      positions.set(paragraph.id, found);
      if (!found) return [`#${paragraph.id}`];
      const from = Math.max(start, paragraph.start) - paragraph.start;
      const pairs = pairsOf(found, from, Math.min(end, paragraph.end) - paragraph.start);
      return [`#string-range(${[paragraph.id, ...pairs].join(',')})`];
    });
    return pointers.length > 0 ? pointers : [`#${section.id}`];
  };
}

/** For each character of a paragraph its offset in the element's text, and whether it continues the run of the character before: nothing but white space is between them. */
type CharacterPositions = { at: Int32Array; joined: Uint8Array };

/** The positions of a canonical paragraph's characters; null where the element has another text (canon/1). */
function characterPositions(
  text: string[],
  { text: raw, apparatus }: ElementText,
): CharacterPositions | null {
  const characters = [...raw];
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
    if (wanted !== characters[at] && !(wanted === ' ' && isWhite(characters[at]))) return null;
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
    if (i === from || !joined[i]) {
      start = position;
      pairs.push(start, 1);
    } else pairs[pairs.length - 1] = position + 1 - start;
  }
  return pairs;
}

function isWhite(character: string | undefined): boolean {
  return character !== undefined && /^[ \t\r\n]$/.test(character);
}

/** The text of every element that has an id, without the elements around the paragraphs. */
function elementTexts(source: string): Map<string, ElementText> {
  const texts = new Map<string, ElementText>();
  const open: { name: string; id: string | undefined; text: ElementText }[] = [];
  const parser = new SaxesParser({ xmlns: false });
  parser.on('opentag', ({ name, attributes }) => {
    const id = FRAME.has(name) ? undefined : attributes['xml:id'];
    open.push({ name, id, text: { text: '', length: 0, apparatus: [] } });
  });
  const add = (added: string) => {
    const length = codePointLength(added);
    let canonical = open.at(-1)?.name !== 'choice';
    // From the inside out: the text is canonical up to the first apparatus element, and apparatus for those around it.
    for (const { name, id, text } of open.toReversed()) {
      if (id !== undefined) {
        if (!canonical) text.apparatus.push({ from: text.length, to: text.length + length });
        text.text += added;
        text.length += length;
      }
      if (APPARATUS.has(name)) canonical = false;
    }
  };
  parser.on('text', add);
  parser.on('cdata', add);
  parser.on('closetag', () => {
    const closed = open.pop();
    if (closed?.id !== undefined) texts.set(closed.id, closed.text);
  });
  parser.write(source.replace(/^\uFEFF/, '')).close();
  return texts;
}
