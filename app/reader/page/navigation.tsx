import { pageRange } from '@/lib/edition/citation';
import {
  ancestorsOf,
  contentsOf,
  hrefOfEntry,
  neighbourhoodOf,
  type ShownEntry,
  sectionName,
  wholeContents,
} from '@/lib/edition/contents';
import { directionOf } from '@/lib/edition/direction';
import type { Section } from '@/lib/edition/schema';
import styles from './reading.module.css';
import type { PageContext } from './render-context';

/** The whole contents are shown beside the text where they are so short. */
const FEW = 30;

/** The breadcrumb: the edition, the divisions above, then this section with its reference and its printed pages. */
export function Breadcrumb({ context, section }: { context: PageContext; section: Section }) {
  const { edition, t } = context;
  const range = pageRange(edition, section);
  const [entry] = contentsOf(edition).bySection.get(section.id) ?? [];
  const above = entry ? ancestorsOf(entry) : [];
  const { reference } = section;
  return (
    <nav aria-label={t('breadcrumb')} className={styles.breadcrumb}>
      <ol>
        <li>
          <a
            href={`/editions/${edition.slug}`}
            className={styles.up}
            title={edition.title}
            lang={edition.language}
            dir="auto"
          >
            <span>{edition.title}</span>
          </a>
        </li>
        {above.map((division) => (
          <li key={division.id}>
            <a href={hrefOfEntry(edition.slug, division)} lang={edition.language} dir="auto">
              {division.title || division.id}
            </a>
          </li>
        ))}
        <li>
          <a
            href={`/editions/${edition.slug}/${section.id}`}
            lang={edition.language}
            dir="auto"
            className={styles.here}
            aria-current="page"
          >
            {sectionName(section.title, edition, t('section'))}
          </a>
          {reference !== null && reference !== section.title && reference !== section.id && (
            <span className={styles.aside}>{reference}</span>
          )}
          {range && (
            <span className={styles.aside}>{t('pages', { count: range.includes('–') ? 2 : 1, range })}</span>
          )}
        </li>
      </ol>
    </nav>
  );
}

/**
 * The contents around this section: what is above it, its neighbours, and the divisions that it has. All of them where
 * they are few.
 */
export function Contents({ context }: { context: PageContext }) {
  const { edition, page, t } = context;
  const contents = contentsOf(edition);
  const count = contents.entries.length;
  const isWhole = count <= FEW;
  return (
    <nav aria-label={t('contents')} className={styles.contents}>
      <h2>{t('contents')}</h2>
      <div lang={edition.language} dir={directionOf(edition.language)}>
        <Entries
          context={context}
          entries={isWhole ? wholeContents(contents) : neighbourhoodOf(contents, page)}
        />
      </div>
      {!isWhole && (
        <p className={styles.whole}>
          <a href={`/editions/${edition.slug}#contents`}>{t('wholeContents', { count })}</a>
        </p>
      )}
    </nav>
  );
}

function Entries({ context, entries }: { context: PageContext; entries: ShownEntry[] }) {
  const { edition, page } = context;
  return (
    <ol>
      {entries.map(({ entry, children }) => (
        <li key={entry.id}>
          <a
            href={hrefOfEntry(edition.slug, entry, page)}
            aria-current={entry.section === page ? (entry.isPageStart ? 'page' : 'true') : undefined}
          >
            {sectionName(entry.title, edition, context.t('section')) || entry.id}
          </a>
          {children.length > 0 && <Entries context={context} entries={children} />}
        </li>
      ))}
    </ol>
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
          <span lang={edition.language} dir="auto">
            {sectionName(previous.title, edition, t('section'))}
          </span>
        </a>
      )}
      {next && (
        <a rel="next" href={`/editions/${edition.slug}/${next.id}`}>
          <span className={styles.aside}>{t('next')}</span>
          <span lang={edition.language} dir="auto">
            {sectionName(next.title, edition, t('section'))}
          </span>
        </a>
      )}
    </nav>
  );
}
