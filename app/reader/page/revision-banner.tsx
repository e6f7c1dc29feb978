import { Notice } from '@/app/_ui/notice';
import { getEdition } from '@/lib/edition';
import type { Edition } from '@/lib/edition/schema';
import { readingPageViewer } from '@/lib/group/page-viewer';
import { formatDate } from '@/lib/i18n';
import { getTranslator, requestLocale } from '@/lib/i18n/server';

/** Says that the page shows an earlier revision, and links to the current one. */
export async function RevisionBanner({
  edition: { slug, revision, published },
  section,
  current,
}: {
  edition: Edition;
  section: string;
  current: number;
}) {
  const t = await getTranslator('reading');
  const { sections } = await getEdition(await readingPageViewer(), slug, current);
  const stillThere = sections.some(({ id }) => id === section);
  const date = formatDate(await requestLocale(), new Date(published));
  return (
    <Notice>
      <p>
        {t('earlierRevision', { number: revision, date, current })}{' '}
        <a href={`/editions/${slug}${stillThere ? `/${section}` : ''}`}>{t('toCurrent')}</a>
      </p>
    </Notice>
  );
}
