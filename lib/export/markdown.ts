import { iriOf, type Row } from '@/lib/annotation';
import { formatDate, type Locale, translator } from '@/lib/i18n';
import { type Place, placeFinder } from './places';

type Placed = { row: Row; place: Place };

/**
 * The discussion as a text to read: by section, in the order of the passages, each thread with its replies as
 * nested quotations. A reply whose root is not among `rows` stands at the end, with what it answers.
 */
export async function* markdownOf(
  name: string,
  locale: Locale,
  rows: AsyncIterable<Row>,
): AsyncGenerator<string> {
  const t = translator(locale, 'export');
  const placeOf = placeFinder();
  const all: Placed[] = [];
  for await (const row of rows) all.push({ row, place: await placeOf(row) });
  const here = new Set(all.map(({ row }) => row.id));
  const answers = new Map<string, Placed[]>();
  for (const placed of all) {
    const { parentId } = placed.row;
    const siblings = parentId === null ? undefined : answers.get(parentId);
    if (siblings) siblings.push(placed);
    else if (parentId !== null) answers.set(parentId, [placed]);
  }
  const roots = all
    .filter(({ row }) => row.parentId === null || !here.has(row.parentId))
    .sort((a, b) => compare(a.row, b.row));

  yield `# ${name}\n\n${t('md.count', { count: all.length })}\n`;
  let section: string | undefined;
  for (const root of roots) {
    const key = `${root.row.edition}/${root.row.section}`;
    if (key !== section) yield `\n## ${root.place.title || key}\n`;
    section = key;
    yield heading(root);
    yield* thread(root, 0);
  }

  function heading({ row, place }: Placed): string {
    if (row.exact === null) return `\n### ${row.parentId ? t('md.reply') : t('md.whole')}\n\n`;
    const where = [place.paragraph, place.page && t('md.page', { page: place.page })]
      .filter(Boolean)
      .join(', ');
    return `\n### «${row.exact.replaceAll('\n', ' ')}»${where && ` (${where})`}\n\n`;
  }

  function* thread({ row }: Placed, depth: number): Generator<string> {
    const quote = '> '.repeat(depth);
    const kind = row.parentId === null ? t(`kind.${row.kind}`) : t('md.reply');
    const tags = row.tags.map((tag) => `#${tag.replaceAll(' ', '-')}`);
    const head = [`**${row.authorName}**`, kind, formatDate(locale, row.createdAt, { time: true }), ...tags];
    const text = row.body || `*${t(row.state === 'hidden' ? 'md.hidden' : 'md.deleted')}*`;
    const state =
      row.state === 'published' || !row.body
        ? ''
        : `*${t(`state.${row.state}`)}${row.reason ? `: ${row.reason}` : ''}*\n\n`;
    const note = `${head.join(' · ')}\n\n${state}${text}\n\n<${iriOf(row)}>\n`;
    yield `${note.replace(/^/gm, quote).replace(/[ \t]+$/gm, '')}\n`;
    for (const answer of answers.get(row.id) ?? []) yield* thread(answer, depth + 1);
  }
}

/** By edition, section and passage; notes on a whole section come first. */
function compare(a: Row, b: Row): number {
  return (
    a.edition.localeCompare(b.edition) ||
    a.section.localeCompare(b.section) ||
    (a.start ?? -1) - (b.start ?? -1) ||
    a.id.localeCompare(b.id)
  );
}
