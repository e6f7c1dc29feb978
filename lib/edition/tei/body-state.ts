import { collapseWhitespace } from '../canonical-text';
import type { Container, ParagraphKind, Reading, Rendition, SpanDetails } from '../schema';
import { pointersOf } from './attributes';
import type { ElementRole } from './element-roles';
import { type Block, Flow, type FlowNote, type OpenSpan } from './flow';
import type { ImportTally } from './import-tally';
import type { References } from './references';
import { renditionOf } from './rendition';
import type { TeiTag } from './tei-tag';

/** A node of the contents. `from` and `to` are the blocks of the body that it has: `[from, to)`. */
export type DivisionNode = {
  parent: DivisionNode | null;
  children: DivisionNode[];
  name: string;
  type: string | null;
  n: string | null;
  xmlId: string | null;
  language: string;
  /** Of its first heading, or of its own header; null where it has none. */
  title: string | null;
  reference: string | null;
  /** Its place among the divisions of its kind beside it, from 1. */
  ordinal: number;
  /** Whether it stands before or after the body of the text. */
  isAround: boolean;
  from: number;
  to: number;
  /** Whether a page may begin with it: not inside a letter or a quotation. */
  isOpenGround: boolean;
};

/** Text that stands beside the flow while it is read: a reading, a description, the words of a gap. */
export type SideText = { text: string };

export type OpenApp = {
  start: number;
  /** Blocks of the flow when it began. */
  blocks: number;
  hasText: boolean;
  witnesses: string[];
  readings: Reading[];
};

export type OpenChoice = {
  printed: { start: number; end: number } | null;
  readings: { name: string; tag: TeiTag; side: SideText }[];
};

export type Frame = {
  tag: TeiTag;
  role: ElementRole;
  language: string;
  /** The kind of paragraph that text directly in it makes. */
  textKind: ParagraphKind | null;
  /** Whether it has begun a paragraph already: what comes after an interruption goes on. */
  hasParagraph: boolean;
  closesBlock: boolean;
  container: Container | null;
  span: OpenSpan | null;
  division: DivisionNode | null;
  note: FlowNote | null;
  side: { text: SideText; leftOutAs: string | null } | null;
  choice: OpenChoice | null;
  app: OpenApp | null;
  isPrinted: boolean;
  onClose: (() => void) | null;
};

export type BodyContext = {
  /** The rules of canon/1: line breaks give nothing, supplied words and editorial notes stand beside the text. */
  isFirstCanon: boolean;
  language: string;
  renditions: ReadonlyMap<string, Rendition[]>;
  references: References;
  tally: ImportTally;
  /** The xml:ids that something points to, and those of notes. */
  referenced: ReadonlySet<string>;
  noteIds: ReadonlySet<string>;
  /** Whether notes belong to the flow, as in a file of nothing else. */
  areNotesText: boolean;
  /** Whether the file has a text; else what stands beside one (a transcription by surfaces) is the text. */
  hasText: boolean;
};

/** What is shown beside the text: readings, corrections, what a gap or a picture is. */
const SHOWN_BESIDE: ReadonlySet<string> = new Set(
  'rdg note witDetail corr reg expan ex supplied gap figDesc wit'.split(' '),
);

/** Where a text is while it is read: the elements that are open, and the blocks, notes and divisions made so far. */
export class BodyState {
  readonly flow = new Flow();
  readonly divisions: DivisionNode[] = [];
  readonly notes: FlowNote[] = [];
  /** Where pointers lead: a call of a note stands where it is referred to (`ref`/`ptr`), not where the note is. */
  readonly calls = new Map<string, { block: Block; offset: number }>();
  /** The paragraphs of ids that have no element of their own on a page. */
  readonly anchors = new Map<string, Block>();
  readonly stack: Frame[] = [];
  /** The flow being written, and inside a note the note's. */
  readonly flows: { flow: Flow; note: FlowNote | null }[];
  division: DivisionNode | null = null;
  keys = 0;
  /** The column of the next cell of a row: a cell without text leaves nothing else behind. */
  readonly columns = new WeakMap<Container, number>();
  /** The pages that a block has, by what tells them apart. */
  readonly pageKeys = new WeakMap<Block, Set<string>>();
  /** Whether a token ended, and no text came since. */
  isAfterToken = false;

  constructor(readonly context: BodyContext) {
    this.flows = [{ flow: this.flow, note: null }];
  }

  /** Whether the header says how the text is cited. */
  get isCiteDeclared(): boolean {
    return this.context.references.isDeclared;
  }

  get current() {
    return this.flows.at(-1) as { flow: Flow; note: FlowNote | null };
  }

  /** The innermost element whose words stand beside the text. */
  get side(): Frame['side'] {
    return this.stack.findLast((frame) => frame.side)?.side ?? null;
  }

  /** Begins the paragraph of a frame; once more after what interrupted it. */
  startBlock(frame: Frame): void {
    const { tag } = frame;
    const details: Block['details'] = {};
    const rend = this.rendition(tag);
    if (rend.length > 0) details.rend = rend;
    const part = tag.attributes.get('part');
    if (frame.textKind === 'line' && (part === 'I' || part === 'M' || part === 'F')) details.part = part;
    if (frame.textKind === 'head') details.level = Math.min(6, Math.max(1, this.depth()));
    if (frame.hasParagraph) details.continued = true;
    const isOwn = !frame.hasParagraph && frame.textKind !== null && frame.note === null;
    const targets = isOwn ? pointersOf(tag, 'corresp') : [];
    const block = this.current.flow.open({
      kind: frame.textKind ?? (this.current.note ? 'note' : 'p'),
      xmlId: isOwn ? (tag.attributes.get('xml:id') ?? null) : null,
      n: isOwn ? (tag.attributes.get('n') ?? null) : null,
      language: frame.language,
      details,
      targets,
      facs: isOwn ? (tag.attributes.get('facs') ?? null) : null,
    });
    block.reference = this.context.references.ofParagraph(block.kind === 'p');
    frame.hasParagraph = true;
  }

  /** Text where no paragraph is open makes one, of the kind of what it stands in. */
  openImplicitBlock(): void {
    const bottom = this.stack.findLastIndex(({ note }) => note !== null);
    const frame =
      this.stack.slice(Math.max(0, bottom)).findLast(({ textKind, container, division, note, role }) => {
        return (
          textKind !== null ||
          container ||
          division ||
          note ||
          role.role === 'frame' ||
          role.role === 'unknown'
        );
      }) ?? this.stack.at(-1);
    if (frame) this.startBlock(frame);
  }

  endBlock(): Block | null {
    this.context.tally.boundary();
    return this.current.flow.close();
  }

  /** Reads the words of a frame beside the text, and says so. */
  beside(frame: Frame, leftOutAs: string, then: (words: string) => void = () => {}): void {
    const side = { text: '' };
    frame.side = { text: side, leftOutAs };
    this.context.tally.beginSide(leftOutAs, frame.tag, SHOWN_BESIDE.has(leftOutAs) ? 'beside' : undefined);
    frame.onClose = () => then(collapseWhitespace(side.text));
  }

  /** An id that is pointed to, of what has no element of its own on the page: the paragraph of the next words has it. */
  markId({ attributes }: TeiTag): void {
    const id = attributes.get('xml:id');
    if (id === undefined || !this.context.referenced.has(id)) return;
    this.current.flow.point((block) => void this.anchors.set(id, block));
  }

  markPoint(
    kind: 'gap' | 'space' | 'milestone' | 'linebreak' | 'columnbreak' | 'graphic',
    details: SpanDetails,
  ): void {
    this.current.flow.point((block, offset) => {
      block.spans.push({ start: offset, end: offset, kind, id: null, language: null, targets: [], details });
    });
  }

  rendition(tag: TeiTag): Rendition[] {
    return renditionOf(tag.attributes, this.context.renditions);
  }

  depth(): number {
    let depth = 0;
    for (let division = this.division; division; division = division.parent) depth++;
    return depth;
  }

  /** The title of the division that is open, where it has none yet: its own header's, or its heading's. */
  nameDivision(title: string): void {
    if (this.division && title !== '') this.division.title ??= title;
  }
}
