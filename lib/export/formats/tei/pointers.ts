import { SaxesParser } from 'saxes';
import type { Section } from '@/lib/edition/schema';
import { codePointLength } from '@/lib/kernel/code-points';

/** Text of these is counted by a pointer, but is not of the canonical text: apparatus that stands inside it. */
const APPARATUS = new Set(['note', 'corr', 'reg', 'expan', 'supplied']);
const FRAME = new Set(['TEI', 'text', 'body', 'div']);

/** The text of an element as it is in the file; `apparatus`: ranges of it that are not canonical, in code points. */
type ElementText = { text: string; length: number; apparatus: { from: number; to: number }[] };

/** Gives TEI pointers to a passage of `section`, `[start, end)` in code points of its canonical text. */
export type PointersTo = (section: Section, start: number, end: number) => string[];

/**
 * Reads where the words of an edition stand in its TEI source. A passage is pointed to by `string-range()` (TEI P5
 * §17.2.4), one for each paragraph that it meets: the id of the paragraph, then pairs of offset and length, counted
 * in characters of the paragraph's string value, with what stands inside it (notes, corrections) passed over. Where
 * the paragraph is not found as the canonical text has it, the pointer is to the whole paragraph, or the section.
 */
export function createPointers(source: string): PointersTo {
  const streams = elementTexts(source);
  const places = new Map<string, CharacterPositions | null>();
  let latest: { section: Section; characters: string[] } | undefined;
  /** A section's text by code points; the notes come section by section. */
  const charactersOf = (section: Section) => {
    if (latest?.section !== section) latest = { section, characters: [...section.text] };
    return latest.characters;
  };
  return (section, start, end) => {
    const met = section.paragraphs.filter((paragraph) => paragraph.start < end && paragraph.end > start);
    const pointers = met.flatMap((paragraph) => {
      const stream = streams.get(paragraph.id);
      if (!stream) return [];
      const known = places.get(paragraph.id);
      const text = () => charactersOf(section).slice(paragraph.start, paragraph.end);
      const found = known === undefined ? characterPositions(text(), stream) : known;
      places.set(paragraph.id, found);
      if (!found) return [`#${paragraph.id}`];
      const from = Math.max(start, paragraph.start) - paragraph.start;
      const pairs = pairsOf(found, from, Math.min(end, paragraph.end) - paragraph.start);
      return [`#string-range(${[paragraph.id, ...pairs].join(',')})`];
    });
    return pointers.length > 0 ? pointers : [`#${section.id}`];
  };
}

/** Where each character of a paragraph stands in its stream, and whether but white space is before it and the last. */
type CharacterPositions = { at: Int32Array; joined: Uint8Array };

/** The places of the characters of a canonical paragraph; null where the stream has another text (canon/1). */
function characterPositions(
  text: string[],
  { text: raw, apparatus }: ElementText,
): CharacterPositions | null {
  const characters = [...raw];
  const places = { at: new Int32Array(text.length), joined: new Uint8Array(text.length) };
  let at = 0;
  let joined = false;
  let next = 0;
  /** Passes over apparatus, and over white space where that says nothing. */
  const pass = (white: boolean) => {
    for (;;) {
      const range = apparatus[next];
      if (range && range.from <= at) {
        if (range.to > at) joined = false;
        at = Math.max(at, range.to);
        next++;
      } else if (white && isWhite(characters[at])) at++;
      else return;
    }
  };
  pass(true);
  for (const [i, wanted] of text.entries()) {
    pass(false);
    if (wanted !== characters[at] && !(wanted === ' ' && isWhite(characters[at]))) return null;
    places.at[i] = at++;
    places.joined[i] = joined ? 1 : 0;
    joined = true;
    if (wanted === ' ') pass(true);
  }
  pass(true);
  return at === characters.length ? places : null;
}

/** Offset and length of every run of the characters from `from` to `to`. */
function pairsOf({ at, joined }: CharacterPositions, from: number, to: number): number[] {
  const pairs: number[] = [];
  let start = -1;
  for (let i = from; i < to; i++) {
    const place = at[i] as number;
    if (i === from || !joined[i]) {
      start = place;
      pairs.push(start, 1);
    } else pairs[pairs.length - 1] = place + 1 - start;
  }
  return pairs;
}

function isWhite(character: string | undefined): boolean {
  return character !== undefined && /^[ \t\r\n]$/.test(character);
}

/** The text of every element that has an id, but for the frame around the paragraphs. */
function elementTexts(source: string): Map<string, ElementText> {
  const streams = new Map<string, ElementText>();
  const open: { name: string; id: string | undefined; stream: ElementText }[] = [];
  const parser = new SaxesParser({ xmlns: false });
  parser.on('opentag', ({ name, attributes }) => {
    const id = FRAME.has(name) ? undefined : attributes['xml:id'];
    open.push({ name, id, stream: { text: '', length: 0, apparatus: [] } });
  });
  const add = (text: string) => {
    const length = codePointLength(text);
    let canonical = open.at(-1)?.name !== 'choice';
    // From inside out: an element's own text is canonical for it, and apparatus for what it stands in.
    for (const { name, id, stream } of open.toReversed()) {
      if (id !== undefined) {
        if (!canonical) stream.apparatus.push({ from: stream.length, to: stream.length + length });
        stream.text += text;
        stream.length += length;
      }
      if (APPARATUS.has(name)) canonical = false;
    }
  };
  parser.on('text', add);
  parser.on('cdata', add);
  parser.on('closetag', () => {
    const closed = open.pop();
    if (closed?.id !== undefined) streams.set(closed.id, closed.stream);
  });
  parser.write(source.replace(/^\uFEFF/, '')).close();
  return streams;
}
