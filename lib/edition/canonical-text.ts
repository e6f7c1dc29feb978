import { createHash } from 'node:crypto';
import { codePointLength } from '@/lib/kernel/code-points';
import type { Correction, Note, ParagraphKind, PrintedPage, Span } from './schema';

/** Name of the rule set below. A changed rule needs a new name, because it may move stored offsets. */
export const CANONICAL_RULES = 'canon/1';

export type ParsedParagraph = {
  id: string;
  kind: ParagraphKind;
  start: number;
  end: number;
  language: string;
};

/** A section as the TEI parser makes it. Offsets are code points of `text`. */
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
 * A section while it is written. The rules of canon/1: a run of XML white space is one space, and none at either end of
 * a block; blocks are joined by one line feed; text outside the flow only marks an offset.
 */
export type SectionWriter = {
  section: ParsedSection;
  /** Code points written so far. */
  length: number;
  /** Whether white space was read that becomes a space when more text of the block follows. */
  pending: boolean;
  /** Null between blocks. */
  block: { paragraph: ParsedParagraph; marks: Marks } | null;
  /** Labels of pages that begin with the next block. */
  waiting: string[];
};

/** The lengths of the lists before the block, so that its own entries can be clamped to its end. */
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

/** Begins a block; the caller has closed the previous one. Pages that wait for a block begin here. */
export function openBlock(
  writer: SectionWriter,
  block: { id: string; kind: ParagraphKind; language: string },
): void {
  const { section } = writer;
  if (section.paragraphs.length > 0) {
    section.text += '\n';
    writer.length++;
  }
  const paragraph = { ...block, start: writer.length, end: writer.length };
  section.paragraphs.push(paragraph);
  writer.pending = false;
  writer.block = {
    paragraph,
    marks: {
      notes: section.notes.length,
      pages: section.pages.length,
      corrections: section.corrections.length,
      spans: section.spans.length,
    },
  };
  for (const label of writer.waiting.splice(0)) section.pages.push({ label, offset: writer.length });
}

/** Adds text to the open block. Only XML's white space is collapsed: other spaces are content (XML 1.0 §2.3). */
export function appendText(writer: SectionWriter, text: string): void {
  const start = writer.block?.paragraph.start ?? writer.length;
  let run = '';
  for (const part of text.split(/([ \t\r\n]+)/)) {
    if (part === '') continue;
    if (/^[ \t\r\n]/.test(part)) {
      writer.pending = writer.length > start || run !== '';
      continue;
    }
    run += writer.pending ? ` ${part}` : part;
    writer.pending = false;
  }
  writer.section.text += run;
  writer.length += codePointLength(run);
}

/** The offset where the next text goes: after a space that is read but not yet written. */
export function currentOffset(writer: SectionWriter): number {
  return writer.length + (writer.pending ? 1 : 0);
}

/** Marks that a page begins here, or with the next block where none is open. */
export function markPage(writer: SectionWriter, label: string): void {
  if (writer.block) writer.section.pages.push({ label, offset: currentOffset(writer) });
  else writer.waiting.push(label);
}

/** Ends the open block and returns it. Offsets after a dropped trailing space are clamped to its end. */
export function closeBlock(writer: SectionWriter): ParsedParagraph {
  const { block, section, length } = writer;
  if (!block) throw new Error('no block is open');
  const { paragraph, marks } = block;
  paragraph.end = length;
  for (const item of section.notes.slice(marks.notes)) item.offset = Math.min(item.offset, length);
  for (const item of section.pages.slice(marks.pages)) item.offset = Math.min(item.offset, length);
  for (const item of [...section.corrections.slice(marks.corrections), ...section.spans.slice(marks.spans)]) {
    item.start = Math.min(item.start, length);
    item.end = Math.min(item.end, length);
  }
  writer.pending = false;
  writer.block = null;
  return paragraph;
}

/** Ends the section: pages that still wait begin at its end, and corrections get the printed text that they cover. */
export function closeSection(writer: SectionWriter): ParsedSection {
  const { section } = writer;
  for (const label of writer.waiting.splice(0)) section.pages.push({ label, offset: writer.length });
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

/** Collapses white space as canon/1 does, without trimming: for text outside the flow. */
export function collapseWhitespace(text: string): string {
  return text.replace(/[ \t\r\n]+/g, ' ');
}
