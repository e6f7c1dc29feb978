import { transaction } from '@/lib/db';
import { AppError } from '@/lib/kernel/errors';
import type { ImportReport } from '../import-report';
import type { EditionHeader } from '../schema';
import * as store from './store';

/** What a person says of a draft; what is left out stays as the file has it. */
export type DraftChange = {
  title?: string | undefined;
  /** BCP 47. */
  language?: string | undefined;
  authors?: string[] | undefined;
  licence?: string | undefined;
};

/**
 * Changes what a draft says of itself. Its words and ids stay; what was in the language of the whole is in the new one.
 *
 * @throws AppError `not_found`; `conflict` where there is no draft.
 */
export function changeDraft(slug: string, { title, language, authors, licence }: DraftChange): Promise<void> {
  return transaction(async (tx) => {
    const current = await store.lockEditionForDraft(tx, slug);
    const draft = await store.findDraftHeader(tx, slug);
    if (!draft)
      throw new AppError('conflict', 'There is no draft to change: what is published stays as it is.');
    const header = draft.header as EditionHeader;
    const changed: EditionHeader = {
      ...header,
      ...(title !== undefined && { title, source: { ...header.source, title } }),
      ...(language !== undefined && { language }),
      ...(authors !== undefined && { authors }),
      ...(licence !== undefined && {
        licence: { ...header.licence, statement: licence === '' ? [] : licence.split(/\n+/) },
      }),
    };
    const report = draft.report as ImportReport | null;
    const decided = report && {
      ...report,
      decisions: report.decisions.filter(
        ({ field }) =>
          !(field === 'language' && language !== undefined) && !(field === 'title' && title !== undefined),
      ),
    };
    await store.updateDraft(tx, slug, draft.number, { header: changed, report: decided });
    if (language !== undefined && language !== header.language)
      await store.updateDraftLanguage(tx, slug, draft.number, header.language, language);
    if (current === null)
      await store.renameDraft(tx, slug, changed.source.title || changed.title, changed.language);
  });
}
