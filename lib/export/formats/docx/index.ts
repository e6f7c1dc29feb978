import { directionOf } from '@/lib/edition/direction';
import type { Section } from '@/lib/edition/schema';
import { formatDate } from '@/lib/i18n/translate';
import { fastMarkdown } from '@/lib/markdown/fast';
import type { FormatWriter } from '../../format-writer';
import { citationOf, type Lookup } from '../../lookup';
import { type Chapter, type ExportThread, exportTranslator, type RenderContext } from '../../render-context';
import type { ExportedAnnotation } from '../../spool-reader';
import { partLines } from '../kind-parts';
import { regionCaption } from '../region-captions';
import { bodyXml } from './body-xml';
import { type NumberedPassage, textRuns } from './text-runs';
import { link, paragraph, run } from './word-xml';

const MAIN = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';

type NumberedThread = ExportThread & { number: number };

/** A part of the document: it yields when it needs the next annotation. */
type PartWriter = AsyncGenerator<string, void, ExportedAnnotation>;

/**
 * The text of a Word document (ECMA-376 part 1, §17): the sections that have notes, each thread after the paragraph where
 * its passage begins, with the passage, its reference and its authors. Passages are shaded and numbered in the text.
 */
export async function* writeDocument(renderContext: RenderContext, lookup: Lookup): FormatWriter {
  const { name, locale, iris, total, chapters } = renderContext;
  const t = exportTranslator(renderContext);
  let text = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:document xmlns:w="${MAIN}"><w:body>\n`;
  text += paragraph('Title', run(name)) + paragraph('Normal', run(t('md.count', { count: total })));
  let edition = '';
  let number = 0;
  const passages = passagesOf(chapters);
  for (const chapter of chapters) {
    if (chapter.edition !== edition) text += await editionHead(chapter.edition);
    edition = chapter.edition;
    const { section } = await lookup.section(chapter.edition, chapter.section);
    yield* chapterXml(chapter, section);
  }
  return `${text}<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1418" w:right="1418" w:bottom="1418" w:left="1418" w:header="709" w:footer="709" w:gutter="0"/></w:sectPr></w:body></w:document>`;

  async function editionHead(slug: string): Promise<string> {
    const found = await lookup.edition(slug);
    const authors = found?.authors.join(', ') ?? '';
    const head = paragraph('Heading1', run(found?.title ?? slug, found ? { language: found.language } : {}));
    return head + (authors && paragraph('Normal', run(authors)));
  }

  async function* chapterXml(chapter: Chapter, section: Section | null): PartWriter {
    const { edition, section: id, title } = chapter;
    const known = section?.kind === 'note' ? t('html.note', { label: section.label ?? '' }) : title;
    text += paragraph('Heading2', run(known ?? `${edition}/${id}`));
    const threads = chapter.threads.map((thread) => ({ ...thread, number: ++number }));
    // They come in order: those on the whole, by their passages, and those without a place.
    const first = threads.findIndex((thread) => startOf(thread) >= 0);
    const isPlaced = (thread: ExportThread) => section !== null && Number.isFinite(startOf(thread));
    const last = threads.findLastIndex(isPlaced);
    yield* threadsXml(first < 0 ? threads : threads.slice(0, first));
    if (first < 0) return;
    if (section && last >= first)
      yield* textXml(section, threads.slice(first, last + 1), passages.get(`${edition}/${id}`) ?? []);
    const rest = threads.slice(Math.max(first, last + 1));
    if (rest.length > 0) text += paragraph('Heading3', run(t('html.lost')));
    yield* threadsXml(rest);
  }

  async function* textXml(
    section: Section,
    threads: NumberedThread[],
    passages: NumberedPassage[],
  ): PartWriter {
    const points = [...section.text];
    let next = 0;
    for (const [i, { start, end, language }] of section.paragraphs.entries()) {
      const isRightToLeft = directionOf(language) === 'rtl';
      text += paragraph('Text', textRuns(points, { start, end, language }, passages), { isRightToLeft });
      const following = section.paragraphs[i + 1]?.start ?? Number.POSITIVE_INFINITY;
      const from = next;
      while (next < threads.length && startOf(threads[next]) < following) next++;
      yield* threadsXml(threads.slice(from, next));
    }
  }

  async function* threadsXml(threads: NumberedThread[]): PartWriter {
    for (const { number, depths } of threads) {
      for (const depth of depths) {
        const row = yield flush();
        if (depth === 0) text += await threadHead(row, number);
        text += await annotationXml(row, depth);
      }
    }
  }

  function flush(): string {
    const written = text;
    text = '';
    return written;
  }

  async function threadHead(row: ExportedAnnotation, number: number): Promise<string> {
    const quotes = row.passages.flatMap(({ exact }) =>
      exact === null ? [] : `«${exact.replaceAll('\n', ' ')}»`,
    );
    const citations = await Promise.all(row.passages.map((passage) => citationOf(lookup, passage)));
    const places = citations.flatMap(({ paragraph, reference, page }) => [
      reference || paragraph,
      page && t('md.page', { page }),
    ]);
    const images = row.regions.map((region) => regionCaption(t, region));
    const where = [...new Set([...places.filter(Boolean), ...images])].join(', ');
    const words = quotes.join(' … ') || (images.length > 0 ? '' : t(row.parentId ? 'md.reply' : 'md.whole'));
    const runs = [run(`${number}. `), run(words, { italic: quotes.length > 0 })];
    return paragraph('Passage', [...runs, run(where && (words ? ` (${where})` : where))].join(''));
  }

  async function annotationXml(row: ExportedAnnotation, depth: number): Promise<string> {
    const kind = row.parentId === null ? t(`kind.${row.kind}`) : t('md.reply');
    const state =
      row.state === 'published' ? [] : [t(`state.${row.state}`) + (row.reason ? `: ${row.reason}` : '')];
    const date = formatDate(locale, row.createdAt, { time: true });
    const facts = ['', kind, date, ...state, ...row.tags.map((tag) => `#${tag}`), ''].join(' · ');
    const address = iris.annotations + row.id;
    const head = run(row.authorName, { bold: true }) + run(facts) + link(address, run(t('html.link')));
    const html = row.body && (fastMarkdown(row.body) ?? (await lookup.markdown(row.body)));
    const empty = t(row.state === 'hidden' ? 'md.hidden' : 'md.deleted');
    const body = html ? bodyXml(html, depth) : paragraph('Note', run(empty, { italic: true }), { depth });
    const parts = partLines(t, row).map(({ label, words, address }) =>
      paragraph('Note', run(`${label}: ${words} `) + (address && link(address, run(address))), { depth }),
    );
    return paragraph('NoteHead', head, { depth }) + parts.join('') + body;
  }
}

/** The passages of all threads by their sections, numbered as the threads are. */
function passagesOf(chapters: Chapter[]): Map<string, NumberedPassage[]> {
  const found = new Map<string, NumberedPassage[]>();
  for (const [i, { passages }] of chapters.flatMap(({ threads }) => threads).entries()) {
    for (const { edition, section, start, end } of passages) {
      if (start === null || end === null) continue;
      const key = `${edition}/${section}`;
      const known = found.get(key) ?? [];
      known.push({ number: i + 1, start, end });
      found.set(key, known);
    }
  }
  return found;
}

/** Where a thread comes in its section: -1 for one on the whole, infinity for one without a place. */
function startOf(thread: ExportThread | undefined): number {
  if (!thread || thread.isReply) return Number.POSITIVE_INFINITY;
  const [first] = thread.passages;
  return first ? (first.start ?? Number.POSITIVE_INFINITY) : -1;
}
