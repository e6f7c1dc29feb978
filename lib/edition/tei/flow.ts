import { codePointLength } from '@/lib/kernel/code-points';
import type {
  Container,
  Correction,
  ParagraphDetails,
  ParagraphKind,
  SpanDetails,
  SpanKind,
} from '../schema';
import { beyondBound, TEXT_BOUNDS } from '../text-bounds';

/** A range or a point of a block, as the file has it: `id` is its xml:id, `targets` are pointers with their `#`. */
export type FlowSpan = {
  start: number;
  end: number;
  kind: SpanKind;
  id: string | null;
  language: string | null;
  targets: string[];
  details: SpanDetails;
};

/** Where a page begins: its number, and what its picture is named by (`@facs`, and its xml:id). */
export type FlowPage = { offset: number; label: string; facs: string | null; xmlId: string | null };

/** A paragraph of the text before it has a section and an id. Offsets count code points of its own text. */
export type Block = {
  kind: ParagraphKind;
  /** Its xml:id and its `@n`. */
  xmlId: string | null;
  n: string | null;
  language: string;
  text: string;
  /** Code points. */
  length: number;
  containers: Container[];
  details: ParagraphDetails;
  reference: string | null;
  /** Pointers of its `@corresp`. */
  targets: string[];
  /** What its place on a picture is named by (`@facs`). */
  facs: string | null;
  spans: FlowSpan[];
  notes: { offset: number; note: FlowNote }[];
  pages: FlowPage[];
  corrections: Correction[];
};

/** A note: its text is a flow of its own. */
export type FlowNote = {
  xmlId: string | null;
  label: string | null;
  language: string;
  /** Pointers of its `@target`: what it is about, where it does not stand there. */
  targets: string[];
  blocks: Block[];
};

export type BlockStart = Pick<Block, 'kind' | 'xmlId' | 'n' | 'language' | 'details' | 'targets' | 'facs'>;

/** A span that is open, over the blocks in which it has parts. */
export type OpenSpan = Omit<FlowSpan, 'start' | 'end'> & { start: number; parts: number };

type Point = { mark: (block: Block, offset: number) => void };

/**
 * Writes one flow of text (the body, or a note) into blocks. The rules of canonical text: a run of XML white space is one
 * space, and none at either end of a block (docs/decisions/0023). Only XML's white space is collapsed: other spaces are
 * content (XML 1.0 §2.3).
 */
export class Flow {
  readonly blocks: Block[] = [];
  containers: Container[] = [];
  private block: Block | null = null;
  private pieces: string[] = [];
  private length = 0;
  /** White space was read that becomes a space when more text of the block follows. */
  private pending = false;
  /** The next white space is dropped: a line break inside a word. */
  private joining = false;
  private waiting: Point[] = [];
  private readonly spans: OpenSpan[] = [];
  /** Ranges and points since the last block began. */
  private marks = 0;

  get isOpen(): boolean {
    return this.block !== null;
  }

  /** Whether the open block has text. */
  get hasText(): boolean {
    return this.length > 0;
  }

  /** Code points of the open block, without a space that is read but not written. */
  get written(): number {
    return this.length;
  }

  /** The offset where the next text goes. */
  get offset(): number {
    return this.length + (this.pending ? 1 : 0);
  }

  open(start: BlockStart): Block {
    const block: Block = {
      ...start,
      text: '',
      length: 0,
      containers: this.containers,
      reference: null,
      spans: [],
      notes: [],
      pages: [],
      corrections: [],
    };
    this.block = block;
    this.pieces = [];
    this.length = 0;
    this.pending = false;
    this.joining = false;
    this.marks = this.waiting.length;
    for (const span of this.spans) span.start = 0;
    return block;
  }

  append(text: string): void {
    let run = '';
    for (const part of text.split(/([ \t\r\n]+)/)) {
      if (part === '') continue;
      if (/^[ \t\r\n]/.test(part)) {
        this.pending = !this.joining && (this.length > 0 || run !== '');
        continue;
      }
      run += this.pending ? ` ${part}` : part;
      this.pending = false;
      this.joining = false;
    }
    if (run === '') return;
    const isFirst = this.length === 0;
    this.pieces.push(run);
    this.length += codePointLength(run);
    if (this.length > TEXT_BOUNDS.paragraph) throw beyondBound('paragraph');
    if (isFirst) this.placeWaiting();
  }

  /** A space, where more text of the block follows; not where a word was just joined: a line ends with its page. */
  space(): void {
    this.pending = this.length > 0 && !this.joining;
  }

  /** The words on both sides of this place are one. */
  join(): void {
    this.pending = false;
    this.joining = true;
  }

  /** Marks a point here, or at the beginning of the next block that has text. */
  point(mark: Point['mark']): void {
    this.countMark();
    if (this.block && this.length > 0) mark(this.block, this.offset);
    else this.waiting.push({ mark });
  }

  /** Marks a point behind the text before it, also where a block has just ended. */
  pointBehind(mark: Point['mark'], offset = this.written): void {
    this.countMark();
    const last = this.blocks.at(-1);
    if (this.block && this.length > 0) mark(this.block, offset);
    else if (!this.block && last && this.waiting.length === 0) mark(last, last.length);
    else this.waiting.push({ mark });
  }

  openSpan(span: Omit<FlowSpan, 'start' | 'end'>): OpenSpan {
    this.countMark();
    const open = { ...span, start: this.offset, parts: 0 };
    this.spans.push(open);
    return open;
  }

  closeSpan(span: OpenSpan): void {
    this.spans.splice(this.spans.lastIndexOf(span), 1);
    if (this.block) this.writePart(span);
  }

  /** Ends the open block. One without text is none; what waits goes to the next. */
  close(): Block | null {
    const block = this.block;
    if (!block) return null;
    for (const span of this.spans) this.writePart(span);
    this.block = null;
    const { length } = this;
    this.length = 0;
    this.pending = false;
    if (length === 0) return null;
    block.text = this.pieces.join('');
    block.length = length;
    clamp(block);
    normalize(block);
    this.blocks.push(block);
    return block;
  }

  /** Ends the flow: what still waits stands at its end. */
  finish(): void {
    this.close();
    const last = this.blocks.at(-1);
    if (last) for (const { mark } of this.waiting.splice(0)) mark(last, last.length);
  }

  private countMark(): void {
    if (++this.marks > TEXT_BOUNDS.marks) throw beyondBound('marks');
  }

  private placeWaiting(): void {
    const { block } = this;
    if (block) for (const { mark } of this.waiting.splice(0)) mark(block, 0);
  }

  private writePart(open: OpenSpan): void {
    const { start, parts, ...span } = open;
    const end = this.offset;
    if (!this.block || (start >= end && span.kind !== 'app')) return;
    this.block.spans.push({ ...span, id: parts === 0 ? span.id : null, start, end });
    open.parts++;
  }
}

/** Brings back what stands after a dropped space at the block's end. */
function clamp(block: Block): void {
  const { length } = block;
  for (const note of block.notes) note.offset = Math.min(note.offset, length);
  for (const page of block.pages) page.offset = Math.min(page.offset, length);
  for (const range of [...block.spans, ...block.corrections]) {
    range.start = Math.min(range.start, length);
    range.end = Math.min(range.end, length);
  }
}

/** What joins the character before it when a text is made NFC: combining marks, and vowels and finals of Hangul. */
const JOINS = /^[\p{M}\u1160-\u11FF]/u;

/** Makes the block's text NFC where its pieces meet, and moves its offsets with it (Unicode UAX #15). */
function normalize(block: Block): void {
  if (block.text === block.text.normalize('NFC')) return;
  const codePoints = [...block.text];
  const points = [...block.notes, ...block.pages];
  const ranges = [...block.spans, ...block.corrections];
  const offsets = [
    ...points.map(({ offset }) => offset),
    ...ranges.flatMap(({ start, end }) => [start, end]),
  ];
  const moved = new Map<number, number>();
  let text = '';
  let length = 0;
  let from = 0;
  for (const offset of [...new Set([...offsets, codePoints.length])].sort((a, b) => a - b)) {
    let to = Math.max(offset, from);
    while (to < codePoints.length && JOINS.test(codePoints[to] as string)) to++;
    const piece = codePoints.slice(from, to).join('').normalize('NFC');
    text += piece;
    length += codePointLength(piece);
    from = to;
    moved.set(offset, length);
  }
  for (const point of points) point.offset = moved.get(point.offset) ?? 0;
  for (const range of ranges) {
    range.start = moved.get(range.start) ?? 0;
    range.end = moved.get(range.end) ?? 0;
  }
  block.text = text;
  block.length = length;
}
