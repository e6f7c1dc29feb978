import { wakeAfterWrite } from '@/lib/activity';
import { getAnnotationRow } from '@/lib/annotation';
import { transaction } from '@/lib/db';
import { type Locale, translator } from '@/lib/i18n';
import {
  forgetGhostNames,
  insertGhostUsers,
  mailPerson,
  requireContentNoticeShare,
  requireOnSite,
  type Viewer,
} from '@/lib/identity';
import { anonymous } from '@/lib/identity/schema';
import { notFound } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import type { ContentNotice, ContentNoticeInput, YearlyFigures } from './schema';
import * as store from './store';

/** The id of a note in an address: its IRI, its short link, or a page that names its thread. */
const NOTE_ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

/**
 * Takes a notice of content by anybody, and acknowledges it by mail. It is about a published note that everybody may see, and
 * waits in the queue of the group's staff like a report. `ip` is where it comes from. Throws not_found for every other
 * address, whatever is there, and rate_limited.
 */
export async function sendContentNotice(
  { address, why, name, email }: ContentNoticeInput,
  { ip, locale }: { ip: string; locale: Locale },
): Promise<ContentNotice> {
  await requireContentNoticeShare(ip);
  const note = [...address.matchAll(NOTE_ID)].at(-1)?.[0].toLowerCase();
  if (note === undefined) throw notFound();
  const row = await getAnnotationRow(anonymous, note);
  if (row.state !== 'published') throw notFound();
  const { groupId } = row;
  const id = newId();
  await transaction(async (tx) => {
    await insertGhostUsers(tx, [{ id, name, deletedAt: new Date(), deactivatedAt: new Date() }]);
    await store.insertContentNotice(tx, { groupId, id, annotationId: note, why, name, email, locale });
    wakeAfterWrite(groupId, tx);
  });
  const t = translator(locale, 'moderation');
  const received = new Date().toISOString();
  mailPerson(email, locale, () => ({
    subject: t('contentNotice.mailSubject'),
    text: t('contentNotice.mailText', { id, address, why }),
  }));
  return { id, received };
}

/** Tells those who sent notices what was decided on them (article 16(5)), and forgets who sent those of more than a year ago. */
export async function tellSenders(): Promise<void> {
  for (const { id, email, locale, outcome } of await store.takeDecidedNotices()) {
    const t = translator(locale, 'moderation');
    const text = t(outcome === 'published' ? 'contentNotice.keptText' : 'contentNotice.removedText', { id });
    mailPerson(email, locale, () => ({ subject: t('contentNotice.decidedSubject'), text }));
  }
  await forgetGhostNames(await store.forgetOldSenders());
}

/** What was noticed and decided in a year of the whole site. Throws unless the viewer manages the site. */
export async function getYearlyFigures(viewer: Viewer, year: number): Promise<YearlyFigures> {
  requireOnSite(viewer, 'manage-accounts');
  const { summary, outcomes, decisions, appeals } = await store.countYear(year);
  const { notices = 0, open = 0, medianHours = null } = summary ?? {};
  const counted = (rows: { what: string; n: number }[]) =>
    Object.fromEntries(rows.map(({ what, n }) => [what, n]));
  return {
    ...{ year, notices, open, medianHours },
    ...{ outcomes: counted(outcomes), decisions: counted(decisions), appeals: counted(appeals) },
  };
}
