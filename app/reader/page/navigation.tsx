import { pageRange } from '@/lib/edition/citation';
import type { Section } from '@/lib/edition/schema';
import styles from './reading.module.css';
import type { PageContext } from './render-context';

/** Where the reader is: the edition, then this section with its printed pages. */
export function Breadcrumb({ view, section }: { view: PageContext; section: Section }) {
  const { edition, t } = view;
  const range = pageRange(edition, section);
  return (
    <nav aria-label={t('breadcrumb')} className={styles.breadcrumb}>
      <ol>
        <li>
          <a href={`/editions/${edition.slug}`} lang={edition.language}>
            {edition.title}
          </a>
        </li>
        <li>
          <a href={`/editions/${edition.slug}/${section.id}`} lang={edition.language} aria-current="page">
            {section.title === edition.title ? t('section') : section.title}
          </a>
          {range && (
            <span className={styles.aside}>{t('pages', { count: range.includes('–') ? 2 : 1, range })}</span>
          )}
        </li>
      </ol>
    </nav>
  );
}

/** The sections of the edition, this one marked. */
export function Contents({ view }: { view: PageContext }) {
  const { edition, page, t } = view;
  return (
    <nav aria-label={t('contents')} className={styles.contents}>
      <h2>{t('contents')}</h2>
      <ol>
        {edition.sections
          .filter(({ kind }) => kind === 'section')
          .map(({ id, title }) => (
            <li key={id} lang={edition.language}>
              <a href={`/editions/${edition.slug}/${id}`} aria-current={id === page ? 'page' : undefined}>
                {title}
              </a>
            </li>
          ))}
      </ol>
    </nav>
  );
}

/** The sections before and after. */
export function Neighbours({ view, section }: { view: PageContext; section: Section }) {
  const { edition, t } = view;
  const { previous, next } = section;
  if (!previous && !next) return null;
  return (
    <nav className={styles.neighbours} aria-label={`${t('previous')} / ${t('next')}`}>
      {previous && (
        <a rel="prev" href={`/editions/${edition.slug}/${previous.id}`}>
          <span className={styles.aside}>{t('previous')}</span>
          <span lang={edition.language}>{previous.title}</span>
        </a>
      )}
      {next && (
        <a rel="next" href={`/editions/${edition.slug}/${next.id}`}>
          <span className={styles.aside}>{t('next')}</span>
          <span lang={edition.language}>{next.title}</span>
        </a>
      )}
    </nav>
  );
}
