import { formatDate } from '@/lib/i18n/translate';
import type { FormatWriter } from '../format-writer';
import { citationOf, type Lookup } from '../lookup';
import { exportTranslator, type RenderContext } from '../render-context';
import type { ExportedAnnotation } from '../spool-reader';
import { partLines } from './kind-parts';
import { regionCaption } from './region-captions';

/** The annotations in Markdown, in reading order: a heading for each section and thread, replies as nested quotations. */
export async function* writeMarkdown(renderContext: RenderContext, lookup: Lookup): FormatWriter {
  const { name, locale, iris, chapters, total } = renderContext;
  const t = exportTranslator(renderContext);
  let text = `# ${name}\n\n${t('md.count', { count: total })}\n`;
  for (const { edition, section, title, threads } of chapters) {
    text += `\n## ${title ?? `${edition}/${section}`}\n`;
    for (const depth of threads.flatMap(({ depths }) => depths)) {
      const row = yield text;
      text = (depth === 0 ? await heading(row) : '') + annotationMarkdown(row, depth);
    }
  }
  return text;

  async function heading(row: ExportedAnnotation): Promise<string> {
    const passages = row.passages.filter(({ exact }) => exact !== null);
    const images = row.regions.map((region) => regionCaption(t, region));
    if (passages.length === 0) {
      return `\n### ${images.join(', ') || t(row.parentId ? 'md.reply' : 'md.whole')}\n\n`;
    }
    const citations = await Promise.all(passages.map((passage) => citationOf(lookup, passage)));
    const words = passages.map(({ exact }) => `«${exact?.replaceAll('\n', ' ')}»`).join(' … ');
    const where = citations.flatMap(({ paragraph, reference, page }) => [
      reference || paragraph,
      page && t('md.page', { page }),
    ]);
    const known = [...new Set([...where.filter(Boolean), ...images])].join(', ');
    return `\n### ${words}${known && ` (${known})`}\n\n`;
  }

  function annotationMarkdown(row: ExportedAnnotation, depth: number): string {
    const kind = row.parentId === null ? t(`kind.${row.kind}`) : t('md.reply');
    const tags = row.tags.map((tag) => `#${tag.replaceAll(' ', '-')}`);
    const head = [`**${row.authorName}**`, kind, formatDate(locale, row.createdAt, { time: true }), ...tags];
    const text = row.body || `*${t(row.state === 'hidden' ? 'md.hidden' : 'md.deleted')}*`;
    const state =
      row.state === 'published' || !row.body
        ? ''
        : `*${t(`state.${row.state}`)}${row.reason ? `: ${row.reason}` : ''}*\n\n`;
    const parts = partLines(t, row).map(
      ({ label, words, address }) =>
        `${label}: ${words.replace(/[\\`*_[\]<>#|]/g, '\\$&')}${address && ` <${address}>`}\n\n`,
    );
    const whole = `${head.join(' · ')}\n\n${state}${parts.join('')}${text}\n\n<${iris.annotations}${row.id}>\n`;
    return `${whole.replace(/^/gm, '> '.repeat(depth)).replace(/[ \t]+$/gm, '')}\n`;
  }
}
