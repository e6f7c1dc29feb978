import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { config } from '@/lib/config';
import { type Locale, translator } from '@/lib/i18n';
import { notFound } from '@/lib/kernel/errors';
import { renderMarkdown } from '@/lib/markdown';

/** The statements of a server, in the order of its foot. What is not done is the software's own, and no operator changes it. */
export const STATEMENTS = ['privacy', 'consent', 'accessibility', 'not-done'] as const;
export type StatementName = (typeof STATEMENTS)[number];

/** Bytes of an operator's own text. */
const LARGEST = 200_000;

/**
 * A statement as HTML: the operator's own text where SCHOLION_DATA has `statements/NAME.LANGUAGE.md` or `statements/NAME.md`, else
 * ours, with what SCHOLION_OPERATOR says of whom to ask. Throws not_found for another name.
 */
export async function getStatement(name: string, locale: Locale): Promise<{ title: string; html: string }> {
  const statement = STATEMENTS.find((known) => known === name);
  if (statement === undefined) throw notFound();
  const t = translator(locale, 'statements');
  const own = statement === 'not-done' ? null : await readOwnText(statement, locale);
  const operator = config().SCHOLION_OPERATOR ?? t('operator.unknown');
  const [html = ''] = await renderMarkdown([own ?? t(`${statement}.text`, { operator })]);
  return { title: t(`${statement}.title`), html };
}

async function readOwnText(name: StatementName, locale: Locale): Promise<string | null> {
  for (const file of [`${name}.${locale}.md`, `${name}.md`]) {
    const own = path.join(config().SCHOLION_DATA, 'statements', file);
    const found = await stat(own).catch((error) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
      throw error;
    });
    if (found?.isFile() && found.size <= LARGEST) return readFile(own, 'utf8');
  }
  return null;
}
