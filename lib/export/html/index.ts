import { iriOf, type Row, renderMarkdown } from '@/lib/annotation';
import { getEdition } from '@/lib/edition';
import { flowSection } from '@/lib/edition/flow';
import type { Section } from '@/lib/edition/schema';
import { formatDate, type Locale, translator } from '@/lib/i18n';
import type { Subject } from '../json-ld';
import { sectionFinder } from '../places';
import { chaptersOf, type Turn } from '../reading-order';
import type { Entry, Selection } from '../selection';
import { escapeHtml } from './escape';
import { type Mark, paragraphHtml } from './passage-text';
import { plainMarkdown } from './plain-markdown';
import { STYLE } from './style';

type Thread = { number: number; root: Entry; turns: Turn[] };
type Chapter = { edition: string; section: string; title: string | null; threads: Thread[] };

/**
 * One page that needs nothing else: the sections that have notes, each thread beside the paragraph where its passage
 * begins, passages marked and numbered. No script; bodies are sanitised; it may be printed. Its last line closes
 * `html`, so that a page that breaks off shows it.
 */
export async function* htmlOf(
  { name }: Subject,
  locale: Locale,
  selection: Selection,
): AsyncGenerator<string> {
  const t = translator(locale, 'export');
  const sectionOf = sectionFinder();
  const chapters = number(await chaptersOf(selection.entries));
  const marks = marksOf(chapters);
  yield `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(name)}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>${escapeHtml(name)}</h1>
<p>${escapeHtml(t('md.count', { count: selection.entries.length }))}. ${escapeHtml(t('html.legend'))}</p>
</header>
<main>
`;
  let edition = '';
  for (const chapter of chapters) {
    if (chapter.edition !== edition) yield await editionHead(chapter.edition);
    edition = chapter.edition;
    yield* chapterHtml(chapter, await sectionOf(chapter.edition, chapter.section));
  }
  yield '</main>\n</body>\n</html>\n';

  async function editionHead(slug: string): Promise<string> {
    const found = await getEdition(slug).catch(() => null);
    if (!found) return `<h2>${escapeHtml(slug)}</h2>\n`;
    const authors = found.header.authors.map(escapeHtml).join(', ');
    return `<h2 lang="${escapeHtml(found.language)}">${escapeHtml(found.title)}</h2>\n${authors && `<p>${authors}</p>\n`}`;
  }

  async function* chapterHtml(chapter: Chapter, section: Section | null): AsyncGenerator<string> {
    const { edition, section: id, threads } = chapter;
    const title = section?.kind === 'note' ? t('html.note', { label: section.label ?? '' }) : chapter.title;
    const language = section && section.kind !== 'note' ? ` lang="${escapeHtml(section.language)}"` : '';
    yield `<section>\n<h3${language}>${escapeHtml(title ?? `${edition}/${id}`)}</h3>\n`;
    const isPlaced = (thread: Thread) => section !== null && startOf(thread) !== null;
    const isWhole = ({ root }: Thread) => root.parentId === null && root.passages.length === 0;
    yield* threadsHtml(threads.filter((thread) => !isPlaced(thread) && isWhole(thread)));
    if (section) yield* textHtml(section, threads.filter(isPlaced), marks.get(`${edition}/${id}`) ?? []);
    const lost = threads.filter((thread) => !isPlaced(thread) && !isWhole(thread));
    if (lost.length > 0) yield `<h4>${escapeHtml(t('html.lost'))}</h4>\n`;
    yield* threadsHtml(lost);
    yield '</section>\n';
  }

  async function* textHtml(section: Section, threads: Thread[], marks: Mark[]): AsyncGenerator<string> {
    const paragraphs = flowSection(section);
    let next = 0;
    for (const [i, flow] of paragraphs.entries()) {
      const following = paragraphs[i + 1]?.paragraph.start ?? Number.POSITIVE_INFINITY;
      const from = next;
      while (next < threads.length && (startOf(threads[next]) ?? 0) < following) next++;
      yield `<div class="row">\n${paragraphHtml(flow, marks, following)}\n`;
      yield* threadsHtml(threads.slice(from, next));
      yield '</div>\n';
    }
  }

  async function* threadsHtml(threads: Thread[]): AsyncGenerator<string> {
    if (threads.length === 0) return;
    yield '<div class="threads">\n';
    const turns = threads.flatMap(({ number, turns }) => turns.map((turn) => ({ ...turn, number })));
    let next = 0;
    for await (const row of selection.rows(turns.map(({ entry }) => entry))) {
      const { depth = 0, number = 0 } = turns[next++] ?? {};
      if (depth === 0) yield `<article class="thread" id="n${number}">\n${threadHead(row, number)}`;
      yield noteHtml(row, depth);
      if (!turns[next]?.depth) yield '</article>\n';
    }
    yield '</div>\n';
  }

  function threadHead(row: Row, number: number): string {
    const words = row.passages.flatMap(({ exact }) => (exact === null ? [] : `«${exact}»`)).join(' … ');
    const about = words || t(row.parentId === null ? 'md.whole' : 'md.reply');
    return `<h4>${number}. <span${words && ' lang=""'}>${escapeHtml(about)}</span></h4>\n`;
  }

  function noteHtml(row: Row, depth: number): string {
    const kind = row.parentId === null ? t(`kind.${row.kind}`) : t('md.reply');
    const created = row.createdAt.toISOString();
    const date = `<time datetime="${created}">${escapeHtml(formatDate(locale, row.createdAt, { time: true }))}</time>`;
    const state =
      row.state === 'published' ? [] : [t(`state.${row.state}`) + (row.reason ? `: ${row.reason}` : '')];
    const words = [kind, ...state, ...row.tags.map((tag) => `#${tag}`)].map(escapeHtml);
    const head = [`<b>${escapeHtml(row.authorName)}</b>`, date, ...words];
    const empty = `<p><i>${escapeHtml(t(row.state === 'hidden' ? 'md.hidden' : 'md.deleted'))}</i></p>`;
    const body = row.body
      ? `<div class="body" lang="">${plainMarkdown(row.body) ?? renderMarkdown(row.body)}</div>`
      : empty;
    const link = `<a href="${escapeHtml(iriOf(row))}">${escapeHtml(t('html.link'))}</a>`;
    return `<div class="note${depth > 0 ? ' reply' : ''}" style="--depth:${depth}"><header>${[...head, link].join(' · ')}</header>${body}</div>\n`;
  }
}

/** Numbers the threads through all chapters, in the order of reading. */
function number(chapters: Awaited<ReturnType<typeof chaptersOf>>): Chapter[] {
  let last = 0;
  return chapters.map(({ threads, ...chapter }) => ({
    ...chapter,
    threads: threads.map((turns) => ({ number: ++last, root: (turns[0] as Turn).entry, turns })),
  }));
}

/** The passages of all threads, by the section in which they stand. */
function marksOf(chapters: Chapter[]): Map<string, Mark[]> {
  const marks = new Map<string, Mark[]>();
  for (const { number, root } of chapters.flatMap(({ threads }) => threads)) {
    for (const { edition, section, start, end } of root.passages) {
      if (start === null || end === null) continue;
      const key = `${edition}/${section}`;
      const known = marks.get(key);
      if (known) known.push({ number, start, end });
      else marks.set(key, [{ number, start, end }]);
    }
  }
  return marks;
}

function startOf(thread: Thread | undefined): number | null {
  return thread?.root.parentId === null ? (thread.root.passages[0]?.start ?? null) : null;
}
