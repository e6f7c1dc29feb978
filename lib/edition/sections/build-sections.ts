import { codePointLength } from '@/lib/kernel/code-points';
import type { ParsedSection } from '../canonical-text';
import type { Note } from '../schema';
import { openingWords } from '../split-runs';
import type { BodyState, DivisionNode } from '../tei/body-state';
import type { Facsimile } from '../tei/facsimile';
import type { Block } from '../tei/flow';
import { createIds, type EarlierSection } from './assign-ids';
import { openingOf, titleOf } from './division-titles';
import { type NamedPage, namePages } from './name-pages';
import { isNumbered } from './numbered';
import { type PageBounds, paginate } from './paginate';
import { placeCalledNotes } from './place-notes';
import { writeSection } from './write-section';

const LONGEST_TITLE = 200;

export type SectionOptions = {
  language: string;
  bounds: PageBounds;
  /** Titles that the header gives to sections, by their ids. */
  titles: ReadonlyMap<string, string>;
  /** The sections of the revision before, whose ids this one keeps. */
  earlier: readonly EarlierSection[];
  facsimile: Facsimile;
};

/**
 * The sections of a text: its pages, each followed by its notes, with the ids that they keep over revisions and every
 * pointer turned into one of them. Joined by line feeds, the paragraphs of a section are its text.
 */
export function buildSections(body: BodyState, options: SectionOptions): ParsedSection[] {
  const { blocks } = body.flow;
  const ids = createIds(options.earlier);
  const cuts = paginate(blocks, body.divisions, options.bounds, ids.beganPage);
  placeCalledNotes(body);
  if (!body.isCiteDeclared) citeLinesAlone(blocks);
  const pages = namePages(cuts, body, ids);
  const homes = new Map<DivisionNode, NamedPage>();
  for (const page of pages) for (const division of page.begins) homes.set(division, page);
  const targets = new Map<string, string>();
  const divisionIds = new Map<DivisionNode, string>();
  /** The paragraphs whose ids are those of divisions. */
  const named = new Set<string>();
  const blockIds = new Map<Block, string>();
  const sections = pages.flatMap((page) => pageSections(page, blocks.slice(page.from, page.to)));
  for (const [division, page] of homes) {
    if (division.xmlId === null || targets.has(division.xmlId)) continue;
    const first = blocks[division.from];
    const id = page.division === division ? page.id : first && blockIds.get(first);
    if (id) targets.set(division.xmlId, id);
  }
  for (const [xmlId, block] of body.anchors) {
    const id = blockIds.get(block);
    if (id && !targets.has(xmlId)) targets.set(xmlId, id);
  }
  for (const section of sections) resolvePointers(section, targets);
  const byId = new Map(sections.map((section) => [section.id, section]));
  for (const note of sections.flatMap((section) => section.notes)) {
    const refs = byId.get(note.id)?.spans.filter(({ kind }) => kind === 'ref') ?? [];
    note.targets = refs.flatMap((ref) => ref.targets);
  }
  return sections;

  function pageSections(page: NamedPage, pageBlocks: Block[]): ParsedSection[] {
    const local = ids.local(page.id, pageBlocks);
    const language = page.division?.language ?? pageBlocks[0]?.language ?? options.language;
    const parent = page.division && parentOf(page);
    const numbers = new Set<string>();
    let prose = 0;
    const writer = writeSection(
      pageBlocks,
      (block) => {
        const id = local.ofBlock(block);
        blockIds.set(block, id);
        if (block.xmlId && !targets.has(block.xmlId)) targets.set(block.xmlId, id);
        if (!isNumbered(block)) return { id, number: block.kind === 'line' ? shortLabel(block.n) : null };
        prose++;
        let number = numberIn(id) ?? String(prose);
        while (numbers.has(number)) number = String(++prose);
        numbers.add(number);
        return { id, number };
      },
      options.facsimile,
    );
    const notes: ParsedSection[] = [];
    const calls = takeNotes(page, pageBlocks, writer.starts, local, notes);
    const title = titleOfPage(page, pageBlocks);
    const section: ParsedSection = {
      ...writer.section,
      id: page.id,
      kind: 'section',
      home: null,
      label: null,
      title,
      language,
      parent,
      reference: page.division?.reference ?? null,
      notes: calls,
      divisions: page.begins.map((division) => ({
        id: divisionId(division) ?? page.id,
        parent: division.parent && divisionId(division.parent),
        title: options.titles.get(division.xmlId ?? '') ?? titleOf(division, blocks),
        reference: division.reference,
        start: writer.starts.get(blocks[division.from] as Block) ?? 0,
      })),
    };
    keepSpanIds(section, targets);
    return [section, ...notes];
  }

  /** The id of its first paragraph; of divisions that begin with the same one only the outermost has that. */
  function divisionId(division: DivisionNode): string | null {
    const known = divisionIds.get(division);
    if (known !== undefined) return known;
    const first = blocks[division.from];
    const block = (first && blockIds.get(first)) ?? null;
    if (block === null) return null;
    const id = named.has(block) ? ids.unique(`${block}.d`) : block;
    named.add(block);
    divisionIds.set(division, id);
    return id;
  }

  function parentOf(page: NamedPage): string | null {
    const above = page.part > 1 ? page.division : (page.division?.parent ?? null);
    for (let division = above; division; division = division.parent) {
      const home = homes.get(division);
      if (home && home !== page) return home.id;
    }
    return null;
  }

  function titleOfPage(page: NamedPage, pageBlocks: Block[]): string {
    const given = options.titles.get(page.id);
    if (given) return given;
    const { division, begins, part } = page;
    if (!division)
      return openingOf(pageBlocks.find(({ kind }) => kind === 'head') ?? pageBlocks[0]) || page.id;
    if (part > 1) return openingWords(`${titleOf(division, blocks)} (${part})`, LONGEST_TITLE);
    // A book that begins with its first chapter on the same page is called by both.
    const chain = [division];
    for (let inner = division; ; ) {
      const child =
        inner.to > page.to ? inner.children.find((candidate) => begins.includes(candidate)) : undefined;
      if (!child) break;
      chain.push(child);
      inner = child;
    }
    const first = chain
      .map((inner) => titleOf(inner, blocks))
      .filter((title, i, all) => title !== all[i - 1]);
    const siblings = begins.filter(({ parent, from }) => parent === division.parent && from > division.from);
    const last = siblings.at(-1);
    const title = first.join(' · ') || page.id;
    return openingWords(last ? `${title} – ${titleOf(last, blocks)}` : title, LONGEST_TITLE);
  }

  /** The notes that are called on a page as sections of their own, and their calls. */
  function takeNotes(
    page: NamedPage,
    pageBlocks: Block[],
    starts: ReadonlyMap<Block, number>,
    local: ReturnType<typeof ids.local>,
    made: ParsedSection[],
  ): Note[] {
    return pageBlocks.flatMap((block) =>
      block.notes.flatMap(({ offset, note }): Note[] => {
        if (note.blocks.length === 0) return [];
        const { id, label } = local.ofNote(note);
        if (note.xmlId && !targets.has(note.xmlId)) targets.set(note.xmlId, id);
        const place = made.length;
        const writer = writeSection(
          note.blocks,
          (noteBlock, i) => {
            const blockId = i === 0 ? id : ids.unique(`${id}.p${i + 1}`);
            blockIds.set(noteBlock, blockId);
            if (noteBlock.xmlId && !targets.has(noteBlock.xmlId)) targets.set(noteBlock.xmlId, blockId);
            return { id: blockId, number: null };
          },
          options.facsimile,
        );
        const section: ParsedSection = {
          ...writer.section,
          id,
          kind: 'note',
          home: page.id,
          label,
          title: `Note ${label}`,
          language: note.language,
          parent: null,
          reference: null,
          notes: [],
          divisions: [],
        };
        made.splice(place, 0, section);
        section.notes = takeNotes(page, note.blocks, writer.starts, local, made);
        keepSpanIds(section, targets);
        return [{ id, label, offset: (starts.get(block) ?? 0) + offset, targets: [] }];
      }),
    );
  }

  /** Spans keep their xml:id on the page, within its section's. */
  function keepSpanIds(section: ParsedSection, known: Map<string, string>): void {
    const home = section.home ?? section.id;
    for (const span of section.spans) {
      if (span.id === null || span.kind === 'block') continue;
      const xmlId = span.id;
      const id = known.has(xmlId) ? null : ids.claim(home, xmlId);
      span.id = id;
      if (id) known.set(xmlId, id);
    }
  }
}

/** The number that a paragraph's id says (`doc1.p4`). */
function numberIn(id: string): string | null {
  return /\.p(\d+[a-z]*)$/.exec(id)?.[1] ?? null;
}

function shortLabel(n: string | null): string | null {
  return n !== null && codePointLength(n) <= 16 ? n : null;
}

/**
 * Lines that are counted through a whole text are cited by their number alone, whatever parts they stand in; unless the
 * file says otherwise.
 */
function citeLinesAlone(blocks: readonly Block[]): void {
  const numbered = blocks.filter(
    ({ kind, n, reference }) => kind === 'line' && n !== null && reference !== null,
  );
  if (new Set(numbered.map(({ n }) => n)).size < numbered.length) return;
  for (const block of numbered) block.reference = block.n;
}

/** Turns the pointers of a section into ids of the edition; those to nothing are dropped. */
function resolvePointers(section: ParsedSection, targets: ReadonlyMap<string, string>): void {
  const resolve = (pointers: string[]) =>
    pointers.flatMap((pointer) => {
      if (!pointer.startsWith('#')) return [pointer];
      const id = targets.get(pointer.slice(1));
      return id === undefined ? [] : [id];
    });
  for (const span of section.spans) if (span.targets.length > 0) span.targets = resolve(span.targets);
}
