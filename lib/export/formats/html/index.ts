import { directionOf } from '@/lib/edition/direction';
import type { Section } from '@/lib/edition/schema';
import { type ParagraphRuns, splitSection } from '@/lib/edition/split-runs';
import { formatDate } from '@/lib/i18n/translate';
import { escapeHtml } from '@/lib/kernel/escape-html';
import { createPacer } from '@/lib/kernel/pacer';
import { runInTurns } from '@/lib/kernel/steps';
import { fastMarkdown } from '@/lib/markdown/fast';
import type { FormatWriter } from '../../format-writer';
import type { Lookup } from '../../lookup';
import { type Chapter, type ExportThread, exportTranslator, type RenderContext } from '../../render-context';
import type { ExportedAnnotation } from '../../spool-reader';
import { partLines } from '../kind-parts';
import { regionCaption, regionFigure } from '../region-captions';
import { type Highlight, paragraphHtml } from './highlighted-text';
import { STYLE } from './style';

type NumberedThread = ExportThread & { number: number };
type NumberedChapter = Omit<Chapter, 'threads'> & { threads: NumberedThread[] };

/** A part of the page: it yields when it needs the next annotation. */
type PageWriter = AsyncGenerator<string, void, ExportedAnnotation>;

/**
 * One self-contained HTML page: the sections with annotations, each thread next to the paragraph where its passage
 * begins, passages highlighted and numbered. It has no script, sanitised bodies, and styles for printing. Its last
 * line closes `html`, so that an interrupted page can be told by it.
 */
export async function* writeHtml(renderContext: RenderContext, lookup: Lookup): FormatWriter {
  const { name, locale, iris, total } = renderContext;
  const t = exportTranslator(renderContext);
  const chapters = numberThreads(renderContext.chapters);
  const highlights = highlightsOf(chapters);
  let text = `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>${escapeHtml(name)}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>${escapeHtml(name)}</h1>
<p>${escapeHtml(t('md.count', { count: total }))}. ${escapeHtml(t('html.legend'))}</p>
</header>
<main>
`;
  let edition = '';
  for (const chapter of chapters) {
    if (chapter.edition !== edition) text += await editionHead(chapter.edition);
    edition = chapter.edition;
    const { section } = await lookup.section(chapter.edition, chapter.section);
    yield* chapterHtml(chapter, section);
  }
  return `${text}</main>\n</body>\n</html>\n`;

  function flush(): string {
    const written = text;
    text = '';
    return written;
  }

  async function editionHead(slug: string): Promise<string> {
    const found = await lookup.edition(slug);
    if (!found) return `<h2>${escapeHtml(slug)}</h2>\n`;
    const authors = found.authors.map(escapeHtml).join(', ');
    return `<h2 ${inLanguage(found.language)}>${escapeHtml(found.title)}</h2>\n${authors && `<p>${authors}</p>\n`}`;
  }

  async function* chapterHtml(chapter: NumberedChapter, section: Section | null): PageWriter {
    const { edition, section: id, threads } = chapter;
    const title = section?.kind === 'note' ? t('html.note', { label: section.label ?? '' }) : chapter.title;
    const language = section && section.kind !== 'note' ? ` ${inLanguage(section.language)}` : '';
    text += `<section>\n<h3${language}>${escapeHtml(title ?? `${edition}/${id}`)}</h3>\n`;
    const isAnchored = (thread: ExportThread) => section !== null && startOf(thread) !== null;
    const isOnText = ({ isReply, passages }: ExportThread) => isReply || passages.length > 0;
    const isOnImage = (thread: ExportThread) => !isOnText(thread) && thread.hasRegions;
    const isWhole = (thread: ExportThread) => !isOnText(thread) && !isOnImage(thread);
    yield* threadsHtml(threads.filter((thread) => !isAnchored(thread) && isWhole(thread)));
    const onImages = threads.filter(isOnImage);
    if (onImages.length > 0) text += `<h4>${escapeHtml(t('html.images'))}</h4>\n`;
    yield* threadsHtml(onImages);
    if (section)
      yield* textHtml(section, threads.filter(isAnchored), highlights.get(`${edition}/${id}`) ?? []);
    const orphaned = threads.filter((thread) => !isAnchored(thread) && isOnText(thread));
    if (orphaned.length > 0) text += `<h4>${escapeHtml(t('html.lost'))}</h4>\n`;
    yield* threadsHtml(orphaned);
    text += '</section>\n';
  }

  async function* textHtml(section: Section, threads: NumberedThread[], highlights: Highlight[]): PageWriter {
    const paragraphs = await runInTurns(splitSection(section), createPacer());
    const startAfter = (i: number) => paragraphs[i + 1]?.paragraph.start ?? Number.POSITIVE_INFINITY;
    let next = 0;
    for (let i = 0; i < paragraphs.length; i++) {
      const first = i;
      while (isSameRow(paragraphs[first], paragraphs[i + 1])) i++;
      const from = next;
      while (next < threads.length && (startOf(threads[next]) ?? 0) < startAfter(i)) next++;
      const row = paragraphs
        .slice(first, i + 1)
        .map((runs, k) => paragraphHtml(runs, highlights, startAfter(first + k)));
      text += '<div class="row">\n';
      text += row.length > 1 ? `<div class="cells">${row.join('\n')}</div>\n` : `${row[0]}\n`;
      yield* threadsHtml(threads.slice(from, next));
      text += '</div>\n';
    }
  }

  async function* threadsHtml(threads: NumberedThread[]): PageWriter {
    if (threads.length === 0) return;
    text += '<div class="threads">\n';
    for (const { number, depths } of threads) {
      for (const depth of depths) {
        const row = yield flush();
        if (depth === 0) {
          text += `<article class="thread" id="n${number}">\n${threadHead(row, number)}`;
          for (const region of row.regions) text += await regionFigure(t, lookup, region);
        }
        text += await annotationHtml(row, depth);
      }
      text += '</article>\n';
    }
    text += '</div>\n';
  }

  function threadHead(row: ExportedAnnotation, number: number): string {
    const words = row.passages.flatMap(({ exact }) => (exact === null ? [] : `«${exact}»`)).join(' … ');
    const images = row.regions.map((region) => regionCaption(t, region)).join(', ');
    const about = words || images || t(row.parentId === null ? 'md.whole' : 'md.reply');
    return `<h4>${number}. <span${words && ' lang=""'}>${escapeHtml(about)}</span></h4>\n`;
  }

  async function annotationHtml(row: ExportedAnnotation, depth: number): Promise<string> {
    const kind = row.parentId === null ? t(`kind.${row.kind}`) : t('md.reply');
    const created = row.createdAt.toISOString();
    const date = `<time datetime="${created}">${escapeHtml(formatDate(locale, row.createdAt, { time: true }))}</time>`;
    const state =
      row.state === 'published' ? [] : [t(`state.${row.state}`) + (row.reason ? `: ${row.reason}` : '')];
    const words = [kind, ...state, ...row.tags.map((tag) => `#${tag}`)].map(escapeHtml);
    const head = [`<b>${escapeHtml(row.authorName)}</b>`, date, ...words];
    const empty = `<p><i>${escapeHtml(t(row.state === 'hidden' ? 'md.hidden' : 'md.deleted'))}</i></p>`;
    const body = row.body
      ? `<div class="body" lang="">${fastMarkdown(row.body) ?? (await lookup.markdown(row.body))}</div>`
      : empty;
    const parts = partLines(t, row).map(
      ({ label, words, address }) =>
        `<p>${escapeHtml(label)}: <span lang="">${escapeHtml(words)}</span>${address && ` <a href="${escapeHtml(address)}">${escapeHtml(address)}</a>`}</p>`,
    );
    const link = `<a href="${escapeHtml(iris.annotations + row.id)}">${escapeHtml(t('html.link'))}</a>`;
    return `<div class="note${depth > 0 ? ' reply' : ''}" style="--depth:${depth}"><header>${[...head, link].join(' · ')}</header>${parts.join('')}${body}</div>\n`;
  }
}

/** The attributes of an element in a language: its direction too, where it is not the page's. */
function inLanguage(language: string): string {
  const direction = directionOf(language);
  return `lang="${escapeHtml(language)}"${direction === 'ltr' ? '' : ` dir="${direction}"`}`;
}

/** Whether two paragraphs are in one row of a table, which stays one row. */
function isSameRow(one: ParagraphRuns | undefined, other: ParagraphRuns | undefined): boolean {
  const rowOf = (runs: ParagraphRuns | undefined) =>
    runs?.paragraph.containers.findLast(({ kind }) => kind === 'row')?.key;
  return rowOf(one) !== undefined && rowOf(one) === rowOf(other);
}

/** Numbers the threads through all chapters, in reading order. */
function numberThreads(chapters: Chapter[]): NumberedChapter[] {
  let last = 0;
  return chapters.map(({ threads, ...chapter }) => ({
    ...chapter,
    threads: threads.map((thread) => ({ number: ++last, ...thread })),
  }));
}

/** The passages of all threads by their sections. */
function highlightsOf(chapters: NumberedChapter[]): Map<string, Highlight[]> {
  const highlights = new Map<string, Highlight[]>();
  for (const { number, passages } of chapters.flatMap(({ threads }) => threads)) {
    for (const { edition, section, start, end } of passages) {
      if (start === null || end === null) continue;
      const key = `${edition}/${section}`;
      const known = highlights.get(key);
      if (known) known.push({ number, start, end });
      else highlights.set(key, [{ number, start, end }]);
    }
  }
  return highlights;
}

function startOf(thread: ExportThread | undefined): number | null {
  return thread?.isReply === false ? (thread.passages[0]?.start ?? null) : null;
}
