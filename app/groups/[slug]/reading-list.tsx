import { ButtonLink } from '@/app/_ui/button';
import { EmptyState } from '@/app/_ui/notice';
import { listReadingContents } from '@/lib/group';
import { pageViewer } from '@/lib/group/page-viewer';
import { getTranslator } from '@/lib/i18n/server';
import styles from './group.module.css';

/** What the group reads, in its order: each edition with the sections that are marked out, else with its first ones. */
export async function ReadingListView({ slug }: { slug: string }) {
  const t = await getTranslator('groups');
  const editions = await listReadingContents(await pageViewer(), slug);
  const [first] = editions;
  if (!first) {
    return (
      <EmptyState title={t('home.noEdition')}>
        <p>{t('home.noEditionText')}</p>
      </EmptyState>
    );
  }
  return (
    <>
      <ol className={styles.reading}>
        {editions.map(({ edition, title, language, access, sections, contents }) => (
          <li key={edition}>
            <a href={`/editions/${edition}?group=${slug}`} lang={language} dir="auto">
              {title}
            </a>
            {access === 'groups' && <span className="muted"> · {t('reading.closed')}</span>}
            {sections.length > 0 && <p className="muted">{t('reading.marked')}</p>}
            {(sections.length > 0 || editions.length === 1) && (
              <ul className={styles.sections}>
                {contents.map(({ id, title }) => (
                  <li key={id}>
                    <a href={`/editions/${edition}/${id}?group=${slug}`} lang={language} dir="auto">
                      {title}
                    </a>
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ol>
      <ButtonLink href={`/editions/${first.edition}?group=${slug}`} look="primary">
        {t('home.open')}
      </ButtonLink>
    </>
  );
}
