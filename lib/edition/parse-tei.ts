import { codePointLength } from '@/lib/kernel/code-points';
import { AppError } from '@/lib/kernel/errors';
import { countWords } from '@/lib/kernel/words';
import type { CanonicalRules, ParsedSection } from './canonical-text';
import { guessLanguage } from './guess-language';
import type { ImportReport, ReportDecision } from './import-report';
import type { EditionHeader } from './schema';
import type { EarlierSection } from './sections/assign-ids';
import { buildSections } from './sections/build-sections';
import { PAGE_BOUNDS, type PageBounds } from './sections/paginate';
import { BodyReader } from './tei/body-reader';
import { Facsimile } from './tei/facsimile';
import { type HeaderNode, readTeiHeader, sectionTitles } from './tei/header';
import { isFirstCanon, languageOf, renditionsOf, titleIn } from './tei/header-facts';
import { type ElementTally, ImportTally } from './tei/import-tally';
import { readSource } from './tei/read-source';
import { createReferences } from './tei/references';
import { scanPointers } from './tei/scan-pointers';
import type { TeiTag } from './tei/tei-tag';
import { beyondBound, TEXT_BOUNDS } from './text-bounds';

/** What a person or the command line says about a text that is brought in. */
export type ParseOptions = {
  title?: string | undefined;
  /** BCP 47. */
  language?: string | undefined;
  bounds?: PageBounds | undefined;
  /** The sections of the current revision, whose ids are kept. */
  earlier?: readonly EarlierSection[] | undefined;
};

/** A parsed TEI file: its header, and every section and note with its canonical text. */
export type TeiEdition = {
  /** `TEI/@xml:id`, where it can stand in an address. */
  slug: string | null;
  title: string;
  language: string;
  canon: CanonicalRules;
  header: EditionHeader;
  /** In reading order, each section followed by its notes. */
  sections: ParsedSection[];
  report: Omit<ImportReport, 'seconds' | 'format'>;
};

/** The language of a text of which nothing is known (ISO 639-2). */
const UNDETERMINED = 'und';

/** A TEI file that was read, before its sections are made. */
export type TeiText = Pick<TeiEdition, 'slug' | 'title' | 'language'> & {
  /** Makes its sections; they keep the ids of `earlier`. */
  build: (earlier: readonly EarlierSection[]) => TeiEdition;
};

/** As `readTei`, and makes the sections at once. */
export function parseTei(source: string, { earlier = [], ...options }: ParseOptions = {}): TeiEdition {
  return readTei(source, options).build(earlier);
}

/**
 * Reads a text from TEI P5, whatever elements it uses (tei/element-roles.ts); no word is lost in silence, and the report
 * proves it. Pure: the same source and options give the same sections.
 *
 * @throws AppError `invalid` for what is not well-formed, uses entities from outside, or has no words; its detail begins
 *   with `line:column` (both count from 1). `too_large` over the bounds.
 */
export function readTei(
  source: string,
  options: Omit<ParseOptions, 'earlier'> = {},
  areNotesText = false,
): TeiText {
  const { referenced, noteIds, texts } = scanPointers(source);
  const tally = new ImportTally();
  let header: HeaderNode | null = null;
  let root: TeiTag | null = null;
  let textTag: TeiTag | null = null;
  let body: BodyReader | null = null;
  const facsimile = new Facsimile();
  /** Open elements of a facsimile. */
  let surfaces = 0;
  /** Open elements of a header, outermost first; empty while the text is read. */
  const open: HeaderNode[] = [];
  let headerLength = 0;
  const weighHeader = (length: number) => {
    headerLength += length;
    if (headerLength > TEXT_BOUNDS.header) throw beyondBound('header');
  };
  const startBody = (): BodyReader => {
    body ??= new BodyReader({
      isFirstCanon: isFirstCanon(header),
      language: options.language ?? languageOf(header, root, textTag) ?? UNDETERMINED,
      renditions: renditionsOf(header),
      references: createReferences(header),
      tally,
      referenced,
      noteIds,
      hasText: texts > 0,
      areNotesText,
    });
    return body;
  };
  /** The wrappers around a header that are open before the text begins, with the titles of their headers. */
  const wrappers: { tag: TeiTag; title: string }[] = [];
  const openWrappers = (): BodyReader => {
    if (body) return body;
    const started = startBody();
    for (const { tag, title } of wrappers) {
      started.open(tag);
      started.nameDivision(title);
    }
    return started;
  };
  const {
    normalized,
    vocabulary,
    root: rootName,
    notices,
  } = readSource(source, {
    open(tag) {
      const above = open.at(-1);
      if (above || tag.name === 'teiHeader') {
        weighHeader(10);
        const node: HeaderNode = { name: tag.name, attributes: tag.attributes, children: [] };
        above?.children.push(node);
        open.push(node);
        return;
      }
      root ??= tag;
      if (surfaces > 0 || FACSIMILES.has(tag.name)) {
        surfaces++;
        facsimile.open(tag);
      }
      if (body === null && isWrapper(tag.name)) {
        wrappers.push({ tag, title: '' });
        return;
      }
      if (tag.name === 'text') textTag ??= tag;
      openWrappers().open(tag);
    },
    close() {
      const node = open.pop();
      if (node) {
        if (open.length > 0) return;
        const wrapper = wrappers.at(-1);
        if (header === null) header = node;
        else if (body) body.nameDivision(titleIn(node));
        else if (wrapper) wrapper.title = titleIn(node);
        return;
      }
      if (surfaces > 0) {
        surfaces--;
        facsimile.close();
      }
      if (body === null) wrappers.pop();
      else body.close();
    },
    text(words) {
      const within = open.at(-1);
      if (within) {
        weighHeader(words.length);
        within.children.push(words);
      } else if (body !== null || /[^ \t\r\n]/.test(words)) openWrappers().text(words);
    },
  });
  const reader = startBody();
  reader.finish();
  if (reader.flow.blocks.length === 0) {
    // A note has to be called from somewhere: in a file of nothing but notes they are the text.
    if (reader.notes.length > 0 && !areNotesText) return readTei(source, options, true);
    throw new AppError('invalid', 'There are no words in this file.');
  }
  const rootTag = root as TeiTag | null;
  const known = options.language ?? languageOf(header, rootTag, textTag);
  const language = known ?? UNDETERMINED;
  const teiHeader = readTeiHeader(
    header ?? { name: 'teiHeader', attributes: new Map(), children: [] },
    language,
  );
  const title = options.title || teiHeader.title;
  const id = rootTag?.attributes.get('xml:id') ?? '';
  const slug = /^[a-z][a-z0-9-]*$/.test(id) ? id : null;
  const named = { slug, title: options.title || teiHeader.source.title || title, language };
  return {
    ...named,
    build(earlier) {
      const sections = buildSections(reader, {
        language,
        bounds: options.bounds ?? PAGE_BOUNDS,
        titles: header ? sectionTitles(header) : new Map(),
        earlier,
        facsimile,
      });
      const first = sections.find(({ kind }) => kind === 'section')?.title ?? '';
      const decisions: ReportDecision[] = [];
      if (title === '') decisions.push({ field: 'title', value: first });
      if (known === null || known === UNDETERMINED) {
        const proposed = guessLanguage(sampleOf(sections));
        decisions.push({ field: 'language', value: UNDETERMINED, ...(proposed && { proposed }) });
      }
      const source = options.title ? { ...teiHeader.source, title: options.title } : teiHeader.source;
      return {
        ...named,
        title: named.title || first,
        canon: isFirstCanon(header) ? 'canon/1' : 'canon/2',
        header: { ...teiHeader, title: title || first, source },
        sections,
        report: {
          words: { ...tally.words(), text: sections.reduce((sum, { text }) => sum + countWords(text), 0) },
          sameSequence: hasSameSequence(reader, sections, tally),
          leftOut: listed(tally.leftOut, ({ words }) => words > 0),
          shownPlainly: [
            ...(vocabulary === 'p5'
              ? []
              : [
                  {
                    element: rootName,
                    count: 1,
                    words: 0,
                    places: ['1:1'],
                    reason: VOCABULARIES[vocabulary],
                  },
                ]),
            ...listed(tally.shownPlainly, () => true),
            ...notices,
          ],
          normalized,
          decisions,
          ...imagesNamed(sections),
          pages: sections
            .filter(({ kind }) => kind === 'section')
            .map(({ id: page, title: name, text }) => ({
              id: page,
              title: name,
              length: codePointLength(text),
            })),
        },
      };
    },
  };
}

/** What the report says of a file that is not TEI P5. */
const VOCABULARIES = { p4: 'tei-p4', capitals: 'tei-capitals', other: 'not-tei' } as const;

/** The elements in which pictures of pages are named (TEI P5 §12). */
const FACSIMILES: ReadonlySet<string> = new Set(['facsimile', 'sourceDoc', 'surfaceGrp', 'surface']);
/** Names of missing pictures that the report gives. */
const MOST_MISSING = 50;

/** The page images that a text names, none of which is here yet. */
function imagesNamed(sections: readonly ParsedSection[]): Pick<ImportReport, 'images'> {
  const named = new Set(sections.flatMap(({ pages }) => pages.flatMap(({ image }) => image ?? [])));
  if (named.size === 0) return {};
  const files = [...named].filter((image) => !/^https?:/i.test(image));
  const elsewhere = named.size - files.length;
  return { images: { named: named.size, here: 0, elsewhere, missing: files.slice(0, MOST_MISSING) } };
}

/** The wrappers that stand around a header: they are opened as text only where text follows. */
function isWrapper(name: string): boolean {
  return name === 'TEI' || name === 'TEI.2' || name === 'teiCorpus' || name === 'teiCorpus.2';
}

/** The words of a text by which its language is guessed: those of its longest page. */
function sampleOf(sections: readonly ParsedSection[]): string {
  return sections.reduce((longest, { text }) => (text.length > longest.length ? text : longest), '');
}

/** The proof: every character of the file that was not left out on purpose stands in the sections, in the same order. */
function hasSameSequence(reader: BodyReader, sections: ParsedSection[], tally: ImportTally): boolean {
  const main = sections.filter(({ kind }) => kind === 'section').map(({ text }) => text);
  if (!tally.hasSequence(null, main)) return false;
  const texts = new Map<string, number>();
  for (const { kind, text } of sections) if (kind === 'note') texts.set(text, (texts.get(text) ?? 0) + 1);
  return reader.notes.every((note) => {
    const text = note.blocks.map((block) => block.text).join('\n');
    const left = texts.get(text) ?? 0;
    texts.set(text, left - 1);
    return left > 0 && tally.hasSequence(note, [text]);
  });
}

/** What words it took, most first. */
function listed(
  tallies: ReadonlyMap<string, ElementTally>,
  isCounted: (tally: ElementTally) => boolean,
): ElementTally[] {
  return [...tallies.values()].filter(isCounted).sort((a, b) => b.words - a.words || b.count - a.count);
}
