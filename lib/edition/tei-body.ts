import {
  appendText,
  closeBlock,
  closeSection,
  currentOffset,
  markPage,
  openBlock,
  type ParsedSection,
  type SectionWriter,
  startSection,
} from './canonical-text';
import { parsePointers } from './tei-header';
import { CHOICES, ELEMENT_RULES, type ElementRule, paragraphKind } from './tei-rules';
import { correctionOf, createTagReader, isEditorial, type Refuse, spanOf, type TeiTag } from './tei-tags';

/**
 * An open element. `start` is the offset where it opened; `text` collects text outside the flow. For a choice: its
 * printed element with that offset range, and whether the reading was read too.
 */
type Frame = {
  tag: TeiTag;
  rule: ElementRule;
  language: string;
  start: number;
  text: string;
  printed: { name: string; start: number; end: number } | null;
  complete: boolean;
};

/**
 * The stack machine that turns the tags and text of a TEI body into canonical sections (rules: tei-rules.ts,
 * canonical-text.ts). Links are added to `links`, for the caller to check when every id is known. `pass` takes the tag of
 * the header, which the caller reads.
 */
export function createBodyReader(given: {
  refuse: Refuse;
  links: { target: string; at: number }[];
  titles: () => ReadonlyMap<string, string>;
}) {
  const { refuse } = given;
  const { required, targetsOf, collectLinks, checkAttributes, languageOf } = createTagReader(
    refuse,
    given.links,
  );
  const stack: Frame[] = [];
  const sections: ParsedSection[] = [];
  /** The section being written, and inside a note the note after it. */
  const writers: SectionWriter[] = [];
  let notes: ParsedSection[] = [];
  let root: TeiTag | undefined;
  let header: TeiTag | undefined;

  function open(tag: TeiTag): void {
    const rule = ELEMENT_RULES.get(tag.name) ?? refuse(tag.at, `<${tag.name}> is not of the subset`);
    const parent = stack.at(-1);
    checkPlace(tag, parent);
    checkAttributes(tag, rule);
    root ??= tag;
    const language = languageOf(tag, parent?.language);
    const writer = writers.at(-1);
    const frame: Frame = {
      tag,
      rule,
      language,
      start: writer ? currentOffset(writer) : 0,
      text: '',
      printed: null,
      complete: false,
    };
    stack.push(frame);
    if (rule.role === 'section') openSection(frame);
    else if (rule.role === 'block') openBlockOf(frame, current(tag));
    else if (rule.role === 'note') openNote(frame, current(tag));
    else if (rule.role === 'page') markPage(current(tag), required(tag, 'n'));
    else if (rule.role === 'span') openSpan(tag);
    else if (rule.role === 'reading' || rule.role === 'supplied') collectLinks(tag, 'resp');
  }

  function close(at: number): void {
    const frame = stack.pop();
    if (!frame) return;
    const { tag, rule } = frame;
    if (rule.role === 'section') finishSection(frame, at);
    else if (rule.role === 'block') finishBlock(frame, current(tag));
    else if (rule.role === 'span')
      current(tag).section.spans.push(spanOf(tag, frame.start, currentOffset(current(tag)), targetsOf(tag)));
    else if (rule.role === 'note' && isEditorial(tag)) finishEditorialNote(frame);
    else if (rule.role === 'note') finishNote(frame);
    else if (rule.role === 'printed' || rule.role === 'reading') finishReading(frame);
    else if (rule.role === 'choice' && !frame.complete)
      refuse(tag.at, 'this choice lacks one of its readings');
    else if (rule.role === 'supplied') {
      const start = currentOffset(current(tag));
      current(tag).section.corrections.push(correctionOf(frame, { start, end: start }, 'supplied', refuse));
    }
  }

  function text(words: string, at: number): void {
    const frame = stack.at(-1);
    if (!frame) return;
    const lone = words.search(/[^ \t\r\n]/);
    if (lone >= 0 && !frame.rule.text) refuse(at + lone, `text may not stand in <${frame.tag.name}>`);
    if (outOfFlow(frame)) frame.text += words;
    else if (writers.at(-1)?.block && frame.rule.role !== 'choice') appendText(current(frame.tag), words);
  }

  function openSpan(tag: TeiTag): void {
    const id = tag.attributes.get('xml:id');
    if (id !== undefined) checkPrefix(tag, id, current(tag));
    collectLinks(tag, 'target', 'corresp');
  }

  function finish() {
    const tag = root ?? refuse(0, 'there is no <TEI>');
    if (sections.length === 0) refuse(tag.at, 'there is no section: text/body/div');
    const slug = required(tag, 'xml:id');
    if (!/^[a-z][a-z0-9-]*$/.test(slug)) {
      refuse(
        tag.at,
        `“${slug}” cannot name the edition in an address: small letters, digits and hyphens only`,
      );
    }
    return { sections, language: required(tag, 'xml:lang'), slug };
  }

  function openSection({ tag, language }: Frame): void {
    const id = required(tag, 'xml:id');
    const title = given.titles().get(id) ?? '';
    writers.push(startSection({ id, kind: 'section', home: null, label: null, title, language }));
    notes = [];
  }

  function finishSection({ tag }: Frame, at: number): void {
    const section = closeSection(writers.pop() ?? refuse(at, 'no section is open'));
    if (section.paragraphs.length === 0) refuse(tag.at, `the section ${section.id} has no text`);
    const head = section.paragraphs.find((paragraph) => paragraph.kind === 'head');
    const codePoints = [...section.text];
    section.title ||= head ? codePoints.slice(head.start, head.end).join('') : section.id;
    sections.push(section, ...notes);
  }

  function openBlockOf({ tag, language }: Frame, writer: SectionWriter): void {
    const id = required(tag, 'xml:id');
    const type = tag.attributes.get('type');
    const kind = paragraphKind(tag.name, type) ?? refuse(tag.at, `<${tag.name} type="${type}"> is not known`);
    checkPrefix(tag, id, writer);
    openBlock(writer, { id, kind, language });
    collectLinks(tag, 'corresp');
  }

  function finishBlock({ tag }: Frame, writer: SectionWriter): void {
    const { id, start, end } = closeBlock(writer);
    if (start === end) refuse(tag.at, `the paragraph ${id} has no text`);
    const targets = parsePointers(tag.attributes.get('corresp'));
    if (targets.length > 0) {
      writer.section.spans.push({ start, end, kind: 'block', id, language: null, targets, details: {} });
    }
  }

  function openNote(frame: Frame, writer: SectionWriter): void {
    const { tag, language } = frame;
    if (writer.section.kind === 'note') refuse(tag.at, 'a note may not stand in a note');
    if (isEditorial(tag)) {
      collectLinks(tag, 'resp', 'target');
      return;
    }
    const id = required(tag, 'xml:id');
    const label = required(tag, 'n');
    checkPrefix(tag, id, writer);
    writer.section.notes.push({ id, label, offset: currentOffset(writer), targets: [] });
    const home = writer.section.id;
    const block = { id, kind: 'note' as const, language };
    const note = startSection({ ...block, home, label, title: `Note ${label}` });
    writers.push(note);
    openBlock(note, block);
  }

  function finishNote({ tag }: Frame): void {
    const writer = writers.pop() ?? refuse(tag.at, 'no note is open');
    const { id, start, end } = closeBlock(writer);
    if (start === end) refuse(tag.at, `the note ${id} has no text`);
    const note = closeSection(writer);
    const call = current(tag).section.notes.find((note) => note.id === id);
    call?.targets.push(...note.spans.filter((span) => span.kind === 'ref').flatMap((span) => span.targets));
    notes.push(note);
  }

  function finishEditorialNote(frame: Frame): void {
    const { section } = current(frame.tag);
    const here = currentOffset(current(frame.tag));
    const [target] = parsePointers(frame.tag.attributes.get('target'));
    const about = section.spans.find((span) => span.id === target);
    if (target !== undefined && !about) {
      refuse(frame.tag.at, `#${target} is no passage before this note in the same section`);
    }
    const range = about ? { start: about.start, end: about.end } : { start: here, end: here };
    section.corrections.push(correctionOf(frame, range, 'note', refuse));
  }

  function finishReading({ tag, start, text: reading }: Frame): void {
    const choice = stack.at(-1) ?? refuse(tag.at, 'no choice is open');
    const known = CHOICES.get(choice.printed?.name ?? tag.name);
    if (!choice.printed) {
      if (!known) refuse(tag.at, `<${tag.name}> stands before the printed reading`);
      choice.printed = { name: tag.name, start, end: currentOffset(current(tag)) };
    } else if (choice.complete || known?.reading !== tag.name) {
      refuse(tag.at, `<${tag.name}> does not go with <${choice.printed.name}> in a choice`);
    } else {
      const { printed } = choice;
      choice.complete = true;
      current(tag).section.corrections.push(
        correctionOf({ tag, text: reading }, printed, known.kind, refuse),
      );
    }
  }

  function outOfFlow({ rule, tag }: Frame): boolean {
    return rule.role === 'reading' || rule.role === 'supplied' || (rule.role === 'note' && isEditorial(tag));
  }

  function current(tag: TeiTag): SectionWriter {
    return writers.at(-1) ?? refuse(tag.at, `<${tag.name}> stands outside every section`);
  }

  function checkPlace(tag: TeiTag, parent: Frame | undefined): void {
    if (!parent) {
      if (tag.name !== 'TEI') refuse(tag.at, `the root is <${tag.name}>, not <TEI>`);
      return;
    }
    if (!parent.rule.children.includes(tag.name)) {
      refuse(tag.at, `<${tag.name}> may not stand in <${parent.tag.name}>`);
    }
    if (isEditorial(parent.tag)) refuse(tag.at, 'an editorial note holds text only');
    if (tag.name === 'text' && !header) refuse(tag.at, '<teiHeader> comes before <text>');
    if (tag.name === 'pb' && writers.at(-1)?.section.kind === 'note') {
      refuse(tag.at, 'a page break may not stand in a note');
    }
  }

  function checkPrefix(tag: TeiTag, id: string, writer: SectionWriter): void {
    const prefix = `${writer.section.id}.`;
    if (!id.startsWith(prefix)) refuse(tag.at, `the id ${id} does not begin with ${prefix}`);
  }

  function pass(tag: TeiTag): void {
    checkPlace(tag, stack.at(-1));
    if (header) refuse(tag.at, 'there is a second <teiHeader>');
    header = tag;
  }

  return { open, close, text, pass, finish };
}
