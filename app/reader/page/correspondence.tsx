import { findCitingNotes } from '@/lib/edition/citation';
import { formatDate, type Locale } from '@/lib/i18n';
import styles from './reading.module.css';
import type { PageContext } from './render-context';

const PARTS = { sent: 'sent', transmitted: 'transmitted', received: 'received' } as const;

/** The metadata of a letter: sender, recipient, dates, archive, and the notes that cite it. */
export function Correspondence({ context, locale }: { context: PageContext; locale: Locale }) {
  const { edition, page, t } = context;
  const { correspondence, archive } = edition.header;
  const letter = correspondence.find(({ section }) => section === page);
  const item = archive?.items.find(({ section }) => section === page);
  const citing = findCitingNotes(edition, page);
  if (!letter && !item && citing.length === 0) return null;
  return (
    <dl className={styles.about}>
      {letter?.actions.map(({ type, names, place, date }) => {
        const part = PARTS[type as keyof typeof PARTS];
        const facts = [names.join(', '), place, date && showDay(locale, date)].filter(Boolean);
        return (
          part &&
          facts.length > 0 && (
            <div key={type}>
              <dt>{t(part)}</dt>
              <dd>{facts.join(', ')}</dd>
            </div>
          )
        );
      })}
      {archive && item && (
        <div>
          <dt>{t('archive')}</dt>
          <dd>
            {[archive.repository, archive.collection, archive.identifier, item.folios]
              .filter(Boolean)
              .join(', ')}
          </dd>
        </div>
      )}
      {citing.length > 0 && (
        <div>
          <dt>{t('citedIn')}</dt>
          <dd>
            {citing.map(({ id, home, label }, i) => (
              <span key={id}>
                {i > 0 && ', '}
                <a href={`/editions/${edition.slug}/${home}#${id}`}>{t('note', { label: label ?? '' })}</a>
              </span>
            ))}
          </dd>
        </div>
      )}
    </dl>
  );
}

/** Formats a date independently of the server's time zone; a year or a month stays as it is. */
function showDay(locale: Locale, date: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(date) ? formatDate(locale, new Date(`${date}T12:00:00`)) : date;
}
