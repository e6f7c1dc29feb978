import { countWords, WordCounter } from '@/lib/kernel/words';
import { CharacterSequence } from './character-sequence';
import type { FlowNote } from './flow';
import type { TeiTag } from './tei-tag';

/** Places that the report names of one kind, at most. */
const MOST_PLACES = 5;
/** Names of elements that have a line each; those beyond share one. */
const MOST_NAMES = 100;
const OTHER_NAMES = '…';

/** What happened to the elements of one name; `places` are `line:column`. */
export type ElementTally = {
  element: string;
  count: number;
  words: number;
  places: string[];
  reason?: string;
};

type SideCount = { tally: ElementTally; counter: WordCounter };

/**
 * Counts, while a file is read, what becomes of its words. It sees the file's text nodes as they come and knows nothing of
 * blocks and sections, so that what the sections hold in the end can be compared with it.
 */
export class ImportTally {
  readonly leftOut = new Map<string, ElementTally>();
  readonly shownPlainly = new Map<string, ElementTally>();
  private readonly sequences = new Map<FlowNote | null, CharacterSequence>();
  private readonly counters: WordCounter[] = [new WordCounter()];
  private readonly sides: SideCount[] = [];
  private noteWords = 0;
  private sideWords = 0;

  /** Text that belongs to the flow, or to a note. */
  text(words: string, note: FlowNote | null): void {
    this.counters.at(-1)?.add(words);
    this.sequenceOf(note).add(words);
  }

  /** The words on both sides of this place are two. */
  boundary(): void {
    this.counters.at(-1)?.boundary();
  }

  beginNote(note: FlowNote): void {
    this.counters.push(new WordCounter());
    this.sequenceOf(note);
  }

  endNote(): void {
    this.noteWords += this.counters.pop()?.count ?? 0;
  }

  beginSide(name: string, tag: TeiTag, reason?: string): void {
    const element = lineOf(this.leftOut, name);
    const tally = this.leftOut.get(element) ?? {
      element,
      count: 0,
      words: 0,
      places: [],
      ...(reason && { reason }),
    };
    this.leftOut.set(element, tally);
    tally.count++;
    if (tally.places.length < MOST_PLACES) tally.places.push(tag.at);
    this.sides.push({ tally, counter: new WordCounter() });
  }

  side(words: string): void {
    this.sides.at(-1)?.counter.add(words);
  }

  endSide(): void {
    const side = this.sides.pop();
    if (!side) return;
    side.tally.words += side.counter.count;
    this.sideWords += side.counter.count;
  }

  /** What was read beside the text stands in it after all. */
  takeBack(name: string, words: string, note: FlowNote | null): void {
    const tally = this.leftOut.get(lineOf(this.leftOut, name));
    if (!tally) return;
    const count = countWords(words);
    tally.count--;
    tally.words -= count;
    this.sideWords -= count;
    this.text(words, note);
  }

  /** An element that has no look of its own here; `isQuiet` where its words are all that matters. */
  plain(tag: TeiTag, isQuiet = false): void {
    if (isQuiet) return;
    const element = lineOf(this.shownPlainly, tag.name);
    const tally = this.shownPlainly.get(element) ?? { element, count: 0, words: 0, places: [] };
    this.shownPlainly.set(element, tally);
    tally.count++;
    if (tally.places.length < MOST_PLACES) tally.places.push(tag.at);
  }

  /** Words of the file, and those of them that were left out on purpose. */
  words(): { file: number; leftOut: number } {
    const inFlow = (this.counters[0]?.count ?? 0) + this.noteWords;
    return { file: inFlow + this.sideWords, leftOut: this.sideWords };
  }

  /** Whether the characters of a text, or of a note, are those of the file, in their order. */
  hasSequence(note: FlowNote | null, texts: Iterable<string>): boolean {
    const made = new CharacterSequence();
    for (const text of texts) made.add(text);
    return made.digest() === this.sequenceOf(note).digest();
  }

  private sequenceOf(note: FlowNote | null): CharacterSequence {
    const known = this.sequences.get(note);
    if (known) return known;
    const sequence = new CharacterSequence();
    this.sequences.set(note, sequence);
    return sequence;
  }
}

/** The line of the report that an element is counted in. */
function lineOf(lines: ReadonlyMap<string, ElementTally>, name: string): string {
  return lines.size < MOST_NAMES || lines.has(name) ? name : OTHER_NAMES;
}
