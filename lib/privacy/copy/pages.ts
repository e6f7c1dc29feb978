import { type Locale, translator } from '@/lib/i18n';
import { escapeHtml } from '@/lib/kernel/escape-html';
import { renderMarkdown } from '@/lib/markdown';
import type { CopiedTable } from './store';

type Row = Record<string, unknown>;

/** What the parts of the copy are called. */
const TITLES = {
  user: 'copy.of.user',
  account: 'copy.of.account',
  session: 'copy.of.session',
  account_change: 'copy.of.account_change',
  token: 'copy.of.token',
  idempotency_key: 'copy.of.idempotency_key',
  member: 'copy.of.member',
  former_member: 'copy.of.former_member',
  email_invitation: 'copy.of.email_invitation',
  invitation: 'copy.of.invitation',
  participation: 'copy.of.participation',
  subgroup_member: 'copy.of.subgroup_member',
  annotation: 'copy.of.annotation',
  annotation_version: 'copy.of.annotation_version',
  agreement: 'copy.of.agreement',
  import: 'copy.of.import',
  flag: 'copy.of.flag',
  decision: 'copy.of.decision',
  evidence: 'copy.of.evidence',
  appeal: 'copy.of.appeal',
  warning: 'copy.of.warning',
  member_note: 'copy.of.member_note',
  decision_on_own: 'copy.of.decision_on_own',
  read_to: 'copy.of.read_to',
  read_mark: 'copy.of.read_mark',
  notice: 'copy.of.notice',
  watch: 'copy.of.watch',
  notice_setting: 'copy.of.notice_setting',
  passage: 'copy.of.passage',
  password_link: 'copy.of.password_link',
} as const;

/** The name of a part in words; a table that has none yet goes by its own. */
function titleOf(name: string, locale: Locale): string {
  const key = TITLES[name as keyof typeof TITLES];
  return key === undefined ? name.replaceAll('_', ' ') : translator(locale, 'privacy')(key);
}

/** A page of a table: a list of its rows, each with what stands in it; notes as they look. */
export async function* tablePage(table: CopiedTable, locale: Locale): AsyncGenerator<Uint8Array> {
  const title = titleOf(table.name, locale);
  yield Buffer.from(head(title, locale));
  for await (const rows of table.rows()) {
    const bodies = await renderMarkdown(rows.map(({ body }) => (typeof body === 'string' ? body : '')));
    yield Buffer.from(rows.map((row, i) => rowHtml(row, bodies[i] ?? '')).join(''));
  }
  yield Buffer.from('</main></html>\n');
}

function rowHtml({ body, ...row }: Row, html: string): string {
  const fields = Object.entries(row)
    .filter(([, value]) => value !== null && value !== '' && !(Array.isArray(value) && value.length === 0))
    .map(
      ([name, value]) =>
        `<dt>${escapeHtml(name.replaceAll('_', ' '))}<dd dir="auto">${escapeHtml(textOf(value))}`,
    );
  const words = body === undefined ? '' : `<div dir="auto">${html}</div>`;
  return `<article>${words}<dl>${fields.join('')}</dl></article>\n`;
}

function textOf(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function head(title: string, locale: Locale): string {
  return `<!doctype html><html lang="${locale}"><meta charset="utf-8"><title>${escapeHtml(title)}</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<style>body{font:1rem/1.5 Georgia,serif;max-width:44rem;margin:2rem auto;padding:0 1rem}article{border-top:1px solid;padding:.5rem 0}
dl{display:grid;grid-template-columns:10rem 1fr;gap:0 1rem;font-size:.875rem}dd{margin:0;overflow-wrap:anywhere}</style>
<main><h1>${escapeHtml(title)}</h1>
`;
}

/** The page that leads to the others; `counts` are the rows of each table, known once all of them were read. */
export function indexPage(counts: Map<string, number>, name: string, locale: Locale): string {
  const t = translator(locale, 'privacy');
  const items = Array.from(
    counts,
    ([table, count]) =>
      `<li><a href="pages/${table}.html">${escapeHtml(titleOf(table, locale))}</a> (${count}) · <a href="data/${table}.json">JSON</a>`,
  );
  return `${head(t('copy.title', { name }), locale)}<p>${escapeHtml(t('copy.what'))}</p><ul>${items.join('\n')}</ul></main></html>\n`;
}
