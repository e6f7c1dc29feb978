import { pageRange } from '@/lib/edition/citation';
import type { Section } from '@/lib/edition/schema';
import styles from './reading.module.css';
import type { PageContext } from './render-context';

/** The breadcrumb: the edition, then this section with its printed pages. */
export function Breadcrumb({ context, section }: { context: PageContext; section: Section }) {
  const { edition, t } = context;
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

/** The table of contents, with this section marked. */
export function Contents({ context }: { context: PageContext }) {
  const { edition, page, t } = context;
  return (
    <nav aria-label={t('contents')} className={styles.contents}>
      <h2>{t('contents')}</h2>
      <ol>
        {edition.sections.map(({ id, title }) => (
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
export function Neighbours({ context, section }: { context: PageContext; section: Section }) {
  const { edition, t } = context;
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
