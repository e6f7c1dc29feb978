import { canonicalLanguage } from '../language';
import { BodyState, type Frame } from './body-state';
import {
  finishDivision,
  openBlock,
  openContainer,
  openDivision,
  openFigure,
  wrapQuotations,
} from './containers';
import type { ElementRole } from './element-roles';
import { openInline } from './inlines';
import { finishNote, openNote } from './notes';
import { markPage, openPoint } from './points';
import {
  finishApp,
  finishChoice,
  openChild,
  openLooseReading,
  openReading,
  openReadingNote,
  skip,
} from './readings';
import { roleIn } from './role-in-place';
import type { TeiTag } from './tei-tag';

/**
 * The stack machine that turns the tags and the text of a TEI document into blocks, notes and divisions. It knows a role
 * for every element (element-roles.ts) and loses no word: what stands beside the text is told to the tally.
 */
export class BodyReader extends BodyState {
  open(tag: TeiTag): void {
    const parent = this.stack.at(-1);
    const role = roleIn(this, tag, parent);
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
    if (parent?.choice) openChild(this, frame, parent.choice);
    else if (parent?.app && (tag.name === 'rdg' || tag.name === 'lem')) openReading(this, frame, parent.app);
    else if (parent?.app && role.role === 'note') openReadingNote(this, frame, parent.app);
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
    if (frame.app) finishApp(this, frame, frame.app);
    if (frame.choice) finishChoice(this, frame.choice);
    const parentChoice = this.stack.at(-1)?.choice;
    if (frame.isPrinted && parentChoice?.printed) parentChoice.printed.end = flow.offset;
    if (frame.closesBlock) this.endBlock();
    if (frame.container) {
      this.endBlock();
      flow.containers = flow.containers.slice(0, flow.containers.indexOf(frame.container));
    }
    if (frame.note) finishNote(this, frame.note);
    if (frame.division) finishDivision(this, frame.division);
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

  private begin(frame: Frame, role: ElementRole): void {
    const { tag } = frame;
    const { flow } = this.current;
    switch (role.role) {
      case 'division':
        openDivision(this, frame);
        return;
      case 'container':
        wrapQuotations(this);
        openContainer(this, frame, { kind: role.kind, key: ++this.keys });
        frame.textKind = role.text ?? null;
        if (tag.name === 'titlePage') openDivision(this, frame);
        if (tag.name === 'figure') openFigure(this, frame);
        return;
      case 'block':
        openBlock(this, frame, role.kind);
        return;
      case 'phrase':
        if (flow.isOpen) {
          openInline(this, frame, role.kind);
          return;
        }
        if (role.container) openContainer(this, frame, { kind: role.container, key: ++this.keys });
        frame.textKind = role.block;
        frame.closesBlock = true;
        this.markId(tag);
        return;
      case 'inline':
        openInline(this, frame, role.kind);
        return;
      case 'point':
        openPoint(this, frame);
        return;
      case 'note':
        openNote(this, frame);
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
        openLooseReading(this, frame);
        return;
      case 'skipped':
        skip(this, frame);
        return;
      case 'unknown':
        this.context.tally.plain(tag);
        if (flow.isOpen) {
          openInline(this, frame, 'plain');
          return;
        }
        frame.closesBlock = true;
        return;
      case 'frame':
        frame.closesBlock = !flow.isOpen;
        if (tag.name === 'surface') {
          this.endBlock();
          markPage(this, tag, tag.attributes.has('xml:id') ? `#${tag.attributes.get('xml:id')}` : undefined);
        }
        return;
    }
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
}
