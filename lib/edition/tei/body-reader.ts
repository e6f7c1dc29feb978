import { collapseWhitespace } from '../canonical-text';
import { canonicalLanguage } from '../language';
import type {
  Container,
  Correction,
  CorrectionKind,
  ParagraphKind,
  Reading,
  Rendition,
  SpanDetails,
} from '../schema';
import { CORRECTED_READINGS, type ElementRole, PRINTED_READINGS, roleOf } from './element-roles';
import { type Block, Flow, type FlowNote, type OpenSpan } from './flow';
import { httpUrlOrNull } from './header';
import type { ImportTally } from './import-tally';
import { refusal, type TeiTag } from './read-source';
import type { References } from './references';
import { renditionOf } from './rendition';

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
type SideText = { text: string };

type OpenApp = {
  start: number;
  /** Blocks of the flow when it began. */
  blocks: number;
  hasText: boolean;
  witnesses: string[];
  readings: Reading[];
};

type OpenChoice = {
  printed: { start: number; end: number } | null;
  readings: { name: string; tag: TeiTag; side: SideText }[];
};

type Frame = {
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

const FIGURELESS = new Set(['list', 'table', 'figure', 'castlist', 'entry']);

/**
 * The stack machine that turns the tags and the text of a TEI document into blocks, notes and divisions. It knows a role
 * for every element (element-roles.ts) and loses no word: what stands beside the text is told to the tally.
 */
export class BodyReader {
  readonly flow = new Flow();
  readonly divisions: DivisionNode[] = [];
  readonly notes: FlowNote[] = [];
  /** Where pointers lead: a call of a note stands where it is referred to (`ref`/`ptr`), not where the note is. */
  readonly calls = new Map<string, { block: Block; offset: number }>();
  /** The paragraphs of ids that have no element of their own on a page. */
  readonly anchors = new Map<string, Block>();
  private readonly stack: Frame[] = [];
  /** The flow being written, and inside a note the note's. */
  private readonly flows: { flow: Flow; note: FlowNote | null }[];
  private division: DivisionNode | null = null;
  private keys = 0;
  /** The column of the next cell of a row: a cell without text leaves nothing else behind. */
  private readonly columns = new WeakMap<Container, number>();
  /** Whether a token ended, and no text came since. */
  private isAfterToken = false;

  constructor(private readonly context: BodyContext) {
    this.flows = [{ flow: this.flow, note: null }];
  }

  open(tag: TeiTag): void {
    const parent = this.stack.at(-1);
    const role = this.roleIn(tag, parent);
    const frame = this.frameOf(tag, role, parent);
    this.stack.push(frame);
    this.context.references.enter(
      tag,
      role.role === 'division' || role.role === 'block' || tag.name === 'seg',
    );
    if (this.side) {
      // Beside the text everything is only words.
      return;
    }
    if (parent?.choice) this.openChild(frame, parent.choice);
    else if (parent?.app && (tag.name === 'rdg' || tag.name === 'lem')) this.openReading(frame, parent.app);
    else if (parent?.app && role.role === 'note') this.openReadingNote(frame, parent.app);
    else this.begin(frame, role);
  }

  close(): void {
    const frame = this.stack.pop();
    this.context.references.leave();
    if (!frame) return;
    if (frame.tag.name === 'w' || frame.tag.name === 'pc') this.isAfterToken = true;
    if (frame.side) this.context.tally.endSide();
    frame.onClose?.();
    const { flow } = this.current;
    if (frame.span) flow.closeSpan(frame.span);
    if (frame.app) this.finishApp(frame, frame.app);
    if (frame.choice) this.finishChoice(frame.choice);
    const parentChoice = this.stack.at(-1)?.choice;
    if (frame.isPrinted && parentChoice?.printed) parentChoice.printed.end = flow.offset;
    if (frame.closesBlock) this.endBlock();
    if (frame.container) {
      this.endBlock();
      flow.containers = flow.containers.slice(0, flow.containers.indexOf(frame.container));
    }
    if (frame.note) this.finishNote(frame.note);
    if (frame.division) this.finishDivision(frame.division);
  }

  text(words: string): void {
    const { side } = this;
    if (side) {
      side.text.text += words;
      this.context.tally.side(words);
      return;
    }
    // A choice and an apparatus hold elements alone: the white space between these is no text (TEI P5 §3.5, §13.1).
    const role = this.stack.at(-1)?.role.role;
    if ((role === 'choice' || role === 'app') && /^\s*$/.test(words)) return;
    const { flow, note } = this.current;
    if (!flow.isOpen && /[^ \t\r\n]/.test(words)) this.openImplicitBlock();
    if (flow.isOpen) flow.append(words);
    this.isAfterToken = false;
    this.context.tally.text(words, note);
  }

  finish(): void {
    this.flow.finish();
  }

  /** Whether the header says how the text is cited. */
  get isCiteDeclared(): boolean {
    return this.context.references.isDeclared;
  }

  private get current() {
    return this.flows.at(-1) as { flow: Flow; note: FlowNote | null };
  }

  /** The innermost element whose words stand beside the text. */
  private get side(): Frame['side'] {
    return this.stack.findLast((frame) => frame.side)?.side ?? null;
  }

  private frameOf(tag: TeiTag, role: ElementRole, parent: Frame | undefined): Frame {
    const above = parent?.language ?? this.context.language;
    const declared = tag.attributes.get('xml:lang');
    const language = declared === undefined ? above : (canonicalLanguage(declared) ?? above);
    return {
      tag,
      role,
      language,
      textKind: null,
      hasParagraph: false,
      closesBlock: false,
      container: null,
      span: null,
      division: null,
      note: null,
      side: null,
      choice: null,
      app: null,
      isPrinted: false,
      onClose: null,
    };
  }

  /** The role of an element where it stands: a text in a group is a division, a heading of a list is a caption. */
  private roleIn({ name, attributes }: TeiTag, parent: Frame | undefined): ElementRole {
    if (parent && (name === 'text' ? parent.tag.name === 'group' : name.startsWith('TEI')))
      return { role: 'division' };
    if (name === 'supplied' && this.context.isFirstCanon) return { role: 'reading' };
    if (name === 'sourceDoc' && !this.context.hasText) return { role: 'frame' };
    const role = roleOf(name);
    if (role.role === 'note' && this.context.areNotesText)
      return { role: 'container', kind: 'block', text: 'p' };
    const isAppAlone = role.role === 'app' && this.stack.some((frame) => frame.tag.name === 'listApp');
    if (isAppAlone) return { role: 'container', kind: 'block', text: 'p' };
    if (role.role === 'note' && this.isBlockNote(attributes)) {
      const kind = attributes.get('type') === 'speaker' ? 'speaker' : 'stage';
      return { role: 'block', kind };
    }
    if (name === 'head' || name === 'trailer') return this.headingRole(name, attributes);
    return role;
  }

  private headingRole(name: string, attributes: ReadonlyMap<string, string>): ElementRole {
    const around = this.current.flow.containers.at(-1)?.kind;
    if (name === 'trailer') return { role: 'block', kind: this.context.isFirstCanon ? 'source' : 'trailer' };
    if (around === 'stanza' || around === 'speech') return { role: 'block', kind: 'subhead' };
    if (around !== undefined && FIGURELESS.has(around)) return { role: 'block', kind: 'caption' };
    const type = attributes.get('type');
    return {
      role: 'block',
      kind: type === 'masthead' ? 'masthead' : type?.startsWith('sub') ? 'subhead' : 'head',
    };
  }

  /** A note between paragraphs that has no call and no number belongs to the flow (parla-CLARIN: who speaks, the time). */
  private isBlockNote(attributes: ReadonlyMap<string, string>): boolean {
    const parent = this.stack.at(-1);
    const isBetween = !this.current.flow.isOpen && parent !== undefined && parent.textKind === null;
    const isCalled = ['n', 'target', 'place'].some((name) => attributes.has(name));
    const id = attributes.get('xml:id');
    return (
      isBetween &&
      !isCalled &&
      this.current.note === null &&
      !(id !== undefined && this.context.referenced.has(id)) &&
      ['division', 'frame', 'container'].includes(parent.role.role)
    );
  }

  private begin(frame: Frame, role: ElementRole): void {
    const { tag } = frame;
    const { flow } = this.current;
    switch (role.role) {
      case 'division':
        this.openDivision(frame);
        return;
      case 'container':
        this.wrapQuotations();
        this.openContainer(frame, { kind: role.kind, key: ++this.keys });
        frame.textKind = role.text ?? null;
        if (tag.name === 'titlePage') this.openDivision(frame);
        if (tag.name === 'figure') this.openFigure(frame);
        return;
      case 'block':
        this.openBlock(frame, role.kind);
        return;
      case 'phrase':
        if (flow.isOpen) {
          this.openInline(frame, role.kind);
          return;
        }
        if (role.container) this.openContainer(frame, { kind: role.container, key: ++this.keys });
        frame.textKind = role.block;
        frame.closesBlock = true;
        this.markId(tag);
        return;
      case 'inline':
        this.openInline(frame, role.kind);
        return;
      case 'point':
        this.openPoint(frame);
        return;
      case 'note':
        this.openNote(frame);
        return;
      case 'choice':
        frame.choice = { printed: null, readings: [] };
        return;
      case 'app':
        frame.app = {
          start: flow.offset,
          blocks: flow.blocks.length,
          hasText: false,
          witnesses: [],
          readings: [],
        };
        return;
      case 'reading':
        this.openLooseReading(frame);
        return;
      case 'skipped':
        this.skip(frame);
        return;
      case 'unknown':
        this.context.tally.plain(tag);
        if (flow.isOpen) {
          this.openInline(frame, 'plain');
          return;
        }
        frame.closesBlock = true;
        return;
      case 'frame':
        frame.closesBlock = !flow.isOpen;
        return;
    }
  }

  private openDivision(frame: Frame): void {
    this.endBlock();
    const { tag } = frame;
    if (this.current.note) return;
    const division: DivisionNode = {
      parent: this.division,
      children: [],
      name: tag.name,
      type: tag.attributes.get('type') ?? null,
      n: tag.attributes.get('n') ?? null,
      xmlId: tag.attributes.get('xml:id') ?? null,
      language: frame.language,
      title: null,
      reference: this.context.references.ofDivision(),
      ordinal: 1,
      isAround: this.stack.some(({ tag: { name } }) => name === 'front' || name === 'back'),
      from: this.flow.blocks.length,
      to: this.flow.blocks.length,
      isOpenGround: this.flow.containers.length === (frame.container ? 1 : 0),
    };
    const siblings = this.division?.children ?? this.divisions;
    const { type, name } = division;
    division.ordinal +=
      siblings.findLast((other) => other.type === type && other.name === name)?.ordinal ?? 0;
    siblings.push(division);
    this.division = division;
    frame.division = division;
  }

  private finishDivision(division: DivisionNode): void {
    this.endBlock();
    division.to = this.flow.blocks.length;
    this.division = division.parent;
  }

  /** The title of the division that is open, where it has none yet: its own header's, or its heading's. */
  nameDivision(title: string): void {
    if (this.division && title !== '') this.division.title ??= title;
  }

  private openContainer(frame: Frame, container: Container): void {
    this.endBlock();
    const { flow } = this.current;
    const { attributes } = frame.tag;
    const rend = this.rendition(frame.tag);
    const number = (name: string) => {
      const value = Number(attributes.get(name));
      return Number.isInteger(value) && value > 1 && value <= 1_000 ? value : undefined;
    };
    if (rend.length > 0) container.rend = rend;
    if (container.kind === 'list') {
      const words = `${attributes.get('type') ?? ''} ${attributes.get('rend') ?? ''}`;
      if (/order|number|decimal/i.test(words) && !/unorder|unnumber/i.test(words)) container.ordered = true;
    }
    if (container.kind === 'cell') {
      const columns = number('cols');
      const row = flow.containers.findLast(({ kind }) => kind === 'row');
      const column = (row && this.columns.get(row)) ?? 1;
      if (row) this.columns.set(row, column + (columns ?? 1));
      container.column = column;
      const rows = number('rows');
      if (columns) container.columns = columns;
      if (rows) container.rows = rows;
      const rowRole = this.stack.findLast(({ tag }) => tag.name === 'row')?.tag.attributes.get('role');
      if (attributes.get('role') === 'label' || rowRole === 'label') container.header = true;
    }
    if (frame.tag.attributes.has('xml:lang')) container.language = frame.language;
    frame.container = container;
    flow.containers = [...flow.containers, container];
    this.markId(frame.tag);
  }

  private openFigure(frame: Frame): void {
    const { flow } = this.current;
    const before = flow.blocks.length;
    frame.onClose = () => {
      const figure = frame.container;
      this.endBlock();
      if (!figure?.url || flow.blocks.length > before) return;
      const details: SpanDetails = { url: figure.url, ...(figure.alt && { alt: figure.alt }) };
      this.markPoint('graphic', details);
    };
  }

  private openBlock(frame: Frame, kind: ParagraphKind): void {
    this.wrapQuotations();
    this.endBlock();
    frame.textKind = kind;
    frame.closesBlock = true;
    this.startBlock(frame);
    if (kind === 'head' && !this.current.note) {
      const { flow } = this.current;
      const division = this.division;
      frame.onClose = () => {
        const block = this.endBlock() ?? flow.blocks.at(-1);
        if (block?.kind === 'head' && division === this.division) this.nameDivision(block.text);
      };
    }
  }

  /**
   * A quotation that was taken for words of its paragraph, and has paragraphs or verse inside, encloses them. The
   * innermost stays inside.
   */
  private wrapQuotations(): void {
    const { flow } = this.current;
    if (!flow.isOpen) return;
    const bottom = this.stack.findLastIndex(({ note }) => note !== null);
    for (const frame of this.stack.slice(bottom + 1, -1)) {
      if (frame.role.role !== 'phrase' || !frame.role.container || frame.container || frame.closesBlock)
        continue;
      if (frame.span) flow.closeSpan(frame.span);
      frame.span = null;
      this.openContainer(frame, { kind: frame.role.container, key: ++this.keys });
      frame.textKind = frame.role.block;
    }
  }

  /** Begins the paragraph of a frame; once more after what interrupted it. */
  private startBlock(frame: Frame): void {
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
    });
    block.reference = this.context.references.ofParagraph(block.kind === 'p');
    frame.hasParagraph = true;
  }

  /** Text where no paragraph is open makes one, of the kind of what it stands in. */
  private openImplicitBlock(): void {
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

  private endBlock(): Block | null {
    this.context.tally.boundary();
    return this.current.flow.close();
  }

  private openInline(frame: Frame, kind: Extract<ElementRole, { role: 'inline' }>['kind']): void {
    const { tag, language } = frame;
    const { attributes, name } = tag;
    const { flow } = this.current;
    if (name === 'w' || name === 'addrLine') this.partTokens(attributes, name);
    const id = attributes.get('xml:id') ?? null;
    const targets = pointersOf(tag, 'target', 'corresp', 'ref');
    const call =
      name === 'ref' ? targets.find((target) => this.context.noteIds.has(target.slice(1))) : undefined;
    if (call !== undefined && (attributes.get('type') ?? 'note').startsWith('note')) {
      this.openCall(frame, call);
      return;
    }
    const rend = this.rendition(tag);
    const hasLanguage = attributes.has('xml:lang') && language !== this.stack.at(-2)?.language;
    const isNeeded =
      id !== null && (this.context.isFirstCanon || name === 'seg' || this.context.referenced.has(id));
    const hasLink = targets.length > 0;
    const worth =
      kind !== null && (MARKED.has(kind) || rend.length > 0 || hasLink || hasLanguage || isNeeded)
        ? kind
        : null;
    const shown =
      worth ?? (rend.length > 0 ? 'hi' : hasLanguage ? 'foreign' : isNeeded || hasLink ? 'seg' : null);
    if (shown === null) return;
    const details: SpanDetails = {};
    if (rend.length > 0) details.rend = rend;
    if (shown === 'plain' || shown === 'name' || shown === 'form') details.element = name;
    const reason = attributes.get('reason');
    if (reason && (shown === 'supplied' || shown === 'unclear')) details.reason = reason;
    const isJournal = shown === 'title' && attributes.get('level') === 'j';
    frame.span = flow.openSpan({
      kind: isJournal ? 'journal' : shown,
      id,
      language: attributes.has('xml:lang') ? language : null,
      targets,
      details,
    });
  }

  /** Tokens that stand without a space are words all the same, unless they say that they are joined (TEI P5 §18.1). */
  private partTokens(attributes: ReadonlyMap<string, string>, name: string): void {
    const { flow } = this.current;
    const join = attributes.get('join') ?? '';
    if (join === 'left' || join === 'both') return;
    if (flow.isOpen && (name !== 'w' || this.isAfterToken)) {
      flow.space();
      this.context.tally.boundary();
    }
  }

  /** The printed number of a note where it is called: apparatus, and no text. */
  private openCall(frame: Frame, target: string): void {
    const { flow } = this.current;
    const side = { text: '' };
    frame.side = { text: side, leftOutAs: 'ref' };
    this.context.tally.beginSide('ref', frame.tag, 'note-call');
    flow.pointBehind((block, offset) => {
      this.calls.set(target.slice(1), { block, offset });
    });
    frame.onClose = () => {
      // A call has a number or a sign; words are a link that belongs to the text.
      if (/^[\s\p{N}\p{P}\p{S}a-z]{0,5}$/u.test(side.text)) return;
      this.context.tally.takeBack('ref', side.text, this.current.note);
      if (!flow.isOpen) this.openImplicitBlock();
      flow.append(side.text);
    };
  }

  private openPoint(frame: Frame): void {
    const { tag, role } = frame;
    if (role.role !== 'point') return;
    const { flow } = this.current;
    const { attributes, name } = tag;
    const n = attributes.get('n') ?? null;
    // Words in a point (a gap's description) stand beside the text.
    this.beside(frame, name, (words) => {
      if (role.kind === 'gap') this.markPoint('gap', gapDetails(attributes, words));
    });
    this.markId(tag);
    switch (role.kind) {
      case 'page':
        flow.point((block, offset) => {
          const label = n ?? '';
          if (!block.pages.some((page) => page.offset === offset && page.label === label))
            block.pages.push({ offset, label });
        });
        return;
      case 'linebreak':
        this.breakLine(attributes, n);
        return;
      case 'columnbreak':
        if (n !== null) this.markPoint('columnbreak', { label: n });
        return;
      case 'milestone': {
        const unit = attributes.get('unit') ?? '';
        if (n !== null) this.context.references.mark(n, unit);
        this.markPoint('milestone', { ...(n !== null && { label: n }), ...(unit && { unit }) });
        return;
      }
      case 'space':
        this.markPoint('space', {});
        return;
      case 'graphic':
        this.showGraphic(attributes.get('url'));
        return;
      default:
        if (name === 'ptr') this.callFrom(tag);
    }
  }

  private breakLine(attributes: ReadonlyMap<string, string>, n: string | null): void {
    const { flow } = this.current;
    if (this.context.isFirstCanon) return;
    if (attributes.get('break') === 'no') flow.join();
    else {
      flow.space();
      this.context.tally.boundary();
    }
    const frame = this.stack.findLast(({ textKind }) => textKind !== null);
    // In prose a line of the source is no line of the page, unless it is numbered to be cited.
    if (
      n !== null ||
      (frame && frame.textKind !== 'p' && frame.textKind !== 'note') ||
      frame?.tag.name === 'ab'
    ) {
      this.markPoint('linebreak', n === null ? {} : { label: n });
    }
  }

  private showGraphic(url: string | undefined): void {
    if (url === undefined) return;
    const figure = this.stack.findLast(({ tag }) => tag.name === 'figure')?.container;
    if (figure && !figure.url) figure.url = url;
    else this.markPoint('graphic', { url });
  }

  private markPoint(
    kind: 'gap' | 'space' | 'milestone' | 'linebreak' | 'columnbreak' | 'graphic',
    details: SpanDetails,
  ): void {
    this.current.flow.point((block, offset) => {
      block.spans.push({ start: offset, end: offset, kind, id: null, language: null, targets: [], details });
    });
  }

  private callFrom(tag: TeiTag): void {
    const target = pointersOf(tag, 'target').find((pointer) => this.context.noteIds.has(pointer.slice(1)));
    if (target === undefined) return;
    this.current.flow.pointBehind((block, offset) => {
      this.calls.set(target.slice(1), { block, offset });
    });
  }

  private openNote(frame: Frame): void {
    const { tag, language } = frame;
    const { attributes } = tag;
    const { flow } = this.current;
    if (this.context.isFirstCanon && attributes.get('type') === 'editorial') {
      this.openEditorialNote(frame);
      return;
    }
    const note: FlowNote = {
      xmlId: attributes.get('xml:id') ?? null,
      label: attributes.get('n')?.trim() || null,
      language,
      targets: pointersOf(tag, 'target'),
      blocks: [],
    };
    const offset = this.context.isFirstCanon ? flow.offset : flow.written;
    flow.pointBehind((block, at) => {
      block.notes.push({ offset: at, note });
    }, offset);
    frame.note = note;
    frame.textKind = 'note';
    this.flows.push({ flow: new Flow(), note });
    this.context.tally.beginNote(note);
  }

  private finishNote(note: FlowNote): void {
    const { flow } = this.current;
    flow.finish();
    note.blocks = flow.blocks;
    for (const block of note.blocks) if (block.kind === 'p') block.kind = 'note';
    this.flows.pop();
    this.context.tally.endNote();
    if (note.blocks.length > 0) this.notes.push(note);
  }

  /** canon/1: an editor's doubt about words before it. */
  private openEditorialNote(frame: Frame): void {
    const { flow } = this.current;
    const start = flow.offset;
    this.beside(frame, 'note', (words) => {
      flow.point((block) => {
        const target = pointersOf(frame.tag, 'target')[0]?.slice(1);
        const about = block.spans.find(({ id }) => id !== null && id === target);
        const range = about ? { start: about.start, end: about.end } : { start, end: start };
        block.corrections.push({ ...correctionOf(frame.tag, words, 'note'), ...range });
      });
    });
  }

  /** A reading that stands outside an apparatus or a choice; in canon/1 also supplied words. */
  private openLooseReading(frame: Frame): void {
    const { tag } = frame;
    if (tag.name !== 'supplied') {
      this.openInline(frame, null);
      return;
    }
    const { flow } = this.current;
    this.beside(frame, 'supplied', (words) => {
      const correction = correctionOf(tag, words, 'supplied');
      flow.point((block, offset) => {
        block.corrections.push({ ...correction, start: offset, end: offset });
      });
    });
  }

  private openChild(frame: Frame, choice: OpenChoice): void {
    const { name } = frame.tag;
    const { flow } = this.current;
    const isReading = CORRECTED_READINGS.has(name);
    if (!isReading && choice.printed === null) {
      if (!flow.isOpen) this.openImplicitBlock();
      choice.printed = { start: flow.offset, end: flow.offset };
      frame.isPrinted = true;
      if (!PRINTED_READINGS.includes(name)) this.context.tally.plain(frame.tag, true);
      const role = roleOf(name);
      if (role.role === 'inline') this.openInline(frame, role.kind);
      return;
    }
    this.beside(frame, name);
    if (frame.side) choice.readings.push({ name, tag: frame.tag, side: frame.side.text });
  }

  private finishChoice(choice: OpenChoice): void {
    const { flow } = this.current;
    const readings = [...choice.readings];
    if (choice.printed === null) {
      // There is no printed reading: the first stands in the text.
      const only = readings.shift();
      if (!only || only.side.text.trim() === '') return;
      if (!flow.isOpen) this.openImplicitBlock();
      flow.append(only.side.text);
      this.context.tally.takeBack(only.name, only.side.text, this.current.note);
      return;
    }
    const { start, end } = choice.printed;
    for (const { name, tag, side } of readings) {
      const kind = CORRECTED_READINGS.get(name) ?? 'reg';
      const correction = correctionOf(tag, this.context.isFirstCanon ? side.text : side.text.trim(), kind);
      if (correction.corrected === '') continue;
      flow.point((block) => block.corrections.push({ ...correction, start, end }));
    }
  }

  private openReading(frame: Frame, app: OpenApp): void {
    const { tag } = frame;
    const witnesses = witnessesOf(tag);
    if (!app.hasText) {
      app.hasText = true;
      app.start = this.current.flow.offset;
      app.blocks = this.current.flow.blocks.length;
      app.witnesses = witnesses;
      return;
    }
    this.beside(frame, tag.name, (text) => app.readings.push({ text: text.trim(), witnesses }));
  }

  /** An editor's note on a reading stands beside the text with it. */
  private openReadingNote(frame: Frame, app: OpenApp): void {
    this.beside(frame, 'note', (words) => {
      const note = words.trim();
      const last = app.readings.at(-1);
      if (note === '') return;
      if (last && last.note === undefined) last.note = note;
      else app.readings.push({ text: '', witnesses: [], note });
    });
  }

  private finishApp({ tag }: Frame, app: OpenApp): void {
    if (app.readings.length === 0) return;
    const { flow } = this.current;
    const { witnesses, readings } = app;
    const span = { kind: 'app' as const, id: null, language: null, targets: [] };
    const details: SpanDetails = { readings, ...(witnesses.length > 0 && { witnesses }) };
    this.markId(tag);
    const last = flow.blocks.at(-1);
    if (!flow.isOpen && last && flow.blocks.length > app.blocks) {
      // The lemma was whole paragraphs or lines; the readings are shown at the last.
      last.spans.push({ ...span, details, start: 0, end: last.length });
      return;
    }
    const start = flow.blocks.length > app.blocks ? 0 : app.start;
    flow.point((block, end) => {
      block.spans.push({ ...span, details, start: Math.min(start, end), end });
    });
  }

  /** Reads the words of a frame beside the text, and says so. */
  private beside(frame: Frame, leftOutAs: string, then: (words: string) => void = () => {}): void {
    const side = { text: '' };
    frame.side = { text: side, leftOutAs };
    this.context.tally.beginSide(leftOutAs, frame.tag, SHOWN_BESIDE.has(leftOutAs) ? 'beside' : undefined);
    frame.onClose = () => then(collapseWhitespace(side.text));
  }

  private skip(frame: Frame): void {
    const { tag } = frame;
    const figure = this.stack.findLast((above) => above.tag.name === 'figure')?.container;
    this.beside(frame, tag.name, (words) => {
      if (tag.name === 'figDesc' && figure && words.trim() !== '') figure.alt = words.trim();
    });
  }

  /** An id that is pointed to, of what has no element of its own on the page: the paragraph of the next words has it. */
  private markId({ attributes }: TeiTag): void {
    const id = attributes.get('xml:id');
    if (id === undefined || !this.context.referenced.has(id)) return;
    this.current.flow.point((block) => void this.anchors.set(id, block));
  }

  private rendition(tag: TeiTag): Rendition[] {
    return renditionOf(tag.attributes, this.context.renditions);
  }

  private depth(): number {
    let depth = 0;
    for (let division = this.division; division; division = division.parent) depth++;
    return depth;
  }
}

/** What is shown beside the text: readings, corrections, what a gap or a picture is. */
const SHOWN_BESIDE: ReadonlySet<string> = new Set(
  'rdg note witDetail corr reg expan ex supplied gap figDesc wit'.split(' '),
);

/** The kinds of ranges that look like something by themselves. */
const MARKED: ReadonlySet<string> = new Set([
  'foreign',
  'title',
  'quote',
  'hi',
  'emph',
  'speaker',
  'stage',
  'label',
  'add',
  'del',
  'unclear',
  'supplied',
  'surplus',
  'damage',
  'expansion',
  'code',
  'form',
  'plain',
]);

/** The targets of a tag: pointers into this file (`#id`), or web addresses. Others lead nowhere here. */
function pointersOf(tag: TeiTag, ...names: string[]): string[] {
  return names.flatMap((name) =>
    (tag.attributes.get(name) ?? '').split(/\s+/).flatMap((token) => {
      if (token === '') return [];
      // An address that runs a script may not even stand in the file that others download.
      if (/^(?:javascript|vbscript|data):/i.test(token.replace(/\s+/g, ''))) {
        throw refusal(tag.at, `“${token.slice(0, 60)}” is neither an id of this file nor a web address`);
      }
      if (/^#[^\s#]+$/.test(token)) return [token];
      const url = httpUrlOrNull(token);
      return url ? [url] : [];
    }),
  );
}

function witnessesOf(tag: TeiTag): string[] {
  const words = `${tag.attributes.get('wit') ?? ''} ${tag.attributes.get('source') ?? ''}`;
  return words
    .split(/\s+/)
    .map((token) => token.replace(/^.*#/, ''))
    .filter((token) => token !== '');
}

function gapDetails(attributes: ReadonlyMap<string, string>, words: string): SpanDetails {
  const extent = attributes.get('extent') ?? attributes.get('quantity');
  const unit = attributes.get('unit');
  const reason = attributes.get('reason');
  const label = words.trim() || [extent, unit].filter(Boolean).join(' ');
  return { ...(label && { label }), ...(unit && { unit }), ...(reason && { reason }) };
}

/** The correction of a reading; where it stands is the caller's to say. */
function correctionOf(tag: TeiTag, words: string, kind: CorrectionKind): Correction {
  const cert = tag.attributes.get('cert');
  const certainty = (['high', 'medium', 'low'] as const).find((level) => level === cert) ?? 'unknown';
  const resp = (tag.attributes.get('resp') ?? '').split(/\s+/)[0]?.replace(/^#/, '') ?? '';
  const corrected = collapseWhitespace(words);
  return {
    start: 0,
    end: 0,
    printed: '',
    corrected,
    certainty,
    resp,
    kind,
    note: kind === 'note' ? corrected.trim() : null,
  };
}
