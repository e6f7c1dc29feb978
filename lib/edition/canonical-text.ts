import { createHash } from 'node:crypto';
import { codePointLength } from '@/lib/kernel/code-points';
import type { Correction, Note, ParagraphKind, PrintedPage, Span } from './schema';

/** Name of the rule set below. A change of any rule is a new name, since it may move stored offsets. */
export const CANONICAL_RULES = 'canon/1';

export type ParsedParagraph = {
  id: string;
  kind: ParagraphKind;
  start: number;
  end: number;
  language: string;
};

/** A section as the importer makes it. Offsets are code points of `text`. */
export type ParsedSection = {
  id: string;
  kind: 'section' | 'note';
  home: string | null;
  label: string | null;
  title: string;
  language: string;
  text: string;
  sha256: string;
  paragraphs: ParsedParagraph[];
  notes: Note[];
  pages: PrintedPage[];
  corrections: Correction[];
  spans: Span[];
};

/**
 * A section while it is written. The rules of canon/1: runs of XML white space are one space, trimmed at both
 * ends of a block; blocks are joined by one line feed; what is out of the flow only marks a place.
 */
export type SectionWriter = {
  section: ParsedSection;
  /** Code points written so far. */
  length: number;
  /** White space was read that becomes a space once more text of the block follows. */
  pending: boolean;
  /** Null between blocks. */
  block: { paragraph: ParsedParagraph; marks: Marks } | null;
  /** Labels of pages that begin with the next block. */
  waiting: string[];
};

/** How many of each list were there before the block, so that its own can be held inside it at its end. */
type Marks = { notes: number; pages: number; corrections: number; spans: number };

type Identity = Pick<ParsedSection, 'id' | 'kind' | 'home' | 'label' | 'title' | 'language'>;

/** An empty section to write into. */
export function startSection(identity: Identity): SectionWriter {
  const lists = { paragraphs: [], notes: [], pages: [], corrections: [], spans: [] };
  return {
    section: { ...identity, text: '', sha256: '', ...lists },
    length: 0,
    pending: false,
    block: null,
    waiting: [],
  };
}

/** Begins a block; the caller has closed the one before. Waiting pages begin here. */
export function openBlock(
  draft: SectionWriter,
  block: { id: string; kind: ParagraphKind; language: string },
): void {
  const { section } = draft;
  if (section.paragraphs.length > 0) {
    section.text += '\n';
    draft.length++;
  }
  const paragraph = { ...block, start: draft.length, end: draft.length };
  section.paragraphs.push(paragraph);
  draft.pending = false;
  draft.block = {
    paragraph,
    marks: {
      notes: section.notes.length,
      pages: section.pages.length,
      corrections: section.corrections.length,
      spans: section.spans.length,
    },
  };
  for (const label of draft.waiting.splice(0)) section.pages.push({ label, offset: draft.length });
}

/** Adds text of the flow to the open block. XML's white space only: other spaces are content (XML 1.0 §2.3). */
export function appendText(draft: SectionWriter, text: string): void {
  const start = draft.block?.paragraph.start ?? draft.length;
  let run = '';
  for (const part of text.split(/([ \t\r\n]+)/)) {
    if (part === '') continue;
    if (/^[ \t\r\n]/.test(part)) {
      draft.pending = draft.length > start || run !== '';
      continue;
    }
    run += draft.pending ? ` ${part}` : part;
    draft.pending = false;
  }
  draft.section.text += run;
  draft.length += codePointLength(run);
}

/** The offset where the next text goes: after a space that is read but not yet written. */
export function currentOffset(draft: SectionWriter): number {
  return draft.length + (draft.pending ? 1 : 0);
}

/** Marks that a page begins here, or with the next block where none is open. */
export function markPage(draft: SectionWriter, label: string): void {
  if (draft.block) draft.section.pages.push({ label, offset: currentOffset(draft) });
  else draft.waiting.push(label);
}

/** Ends the open block and gives it back; marks behind a trailing space that was dropped move to its end. */
export function closeBlock(draft: SectionWriter): ParsedParagraph {
  const { block, section, length } = draft;
  if (!block) throw new Error('no block is open');
  const { paragraph, marks } = block;
  paragraph.end = length;
  for (const item of section.notes.slice(marks.notes)) item.offset = Math.min(item.offset, length);
  for (const item of section.pages.slice(marks.pages)) item.offset = Math.min(item.offset, length);
  for (const item of [...section.corrections.slice(marks.corrections), ...section.spans.slice(marks.spans)]) {
    item.start = Math.min(item.start, length);
    item.end = Math.min(item.end, length);
  }
  draft.pending = false;
  draft.block = null;
  return paragraph;
}

/** Ends the section: pages that still wait begin at its end; corrections learn what they stand over. */
export function closeSection(draft: SectionWriter): ParsedSection {
  const { section } = draft;
  for (const label of draft.waiting.splice(0)) section.pages.push({ label, offset: draft.length });
  const codePoints = [...section.text];
  for (const correction of section.corrections) {
    correction.printed = codePoints.slice(correction.start, correction.end).join('');
    if (correction.kind === 'note') correction.corrected = correction.printed;
  }
  section.corrections.sort((a, b) => a.start - b.start || a.end - b.end);
  section.spans.sort((a, b) => a.start - b.start || b.end - a.end);
  section.sha256 = createHash('sha256').update(section.text, 'utf8').digest('hex');
  return section;
}

/** White space as canon/1 has it, but not trimmed: for text that stands outside the flow. */
export function collapseWhitespace(text: string): string {
  return text.replace(/[ \t\r\n]+/g, ' ');
}
