import { findCitingNotes } from '@/lib/edition/citation';
import { formatDate, type Locale } from '@/lib/i18n';
import styles from './reading.module.css';
import type { PageContext } from './render-context';

const PARTS = { sent: 'sent', transmitted: 'transmitted', received: 'received' } as const;

/** Who wrote the letter to whom, when, where it is kept, and which notes refer to it. */
export function Correspondence({ view, locale }: { view: PageContext; locale: Locale }) {
  const { edition, page, t } = view;
  const { correspondence, archive } = edition.header;
  const letter = correspondence.find(({ section }) => section === page);
  const item = archive?.items.find(({ section }) => section === page);
  const citing = findCitingNotes(edition, page);
  if (!letter && !item && citing.length === 0) return null;
  return (
    <dl className={styles.about}>
      {letter?.actions.map(({ type, names, place, date }) => {
        const part = PARTS[type as keyof typeof PARTS];
        const parts = [names.join(', '), place, date && showDay(locale, date)];
        return (
          part && (
            <div key={type}>
              <dt>{t(part)}</dt>
              <dd>{parts.filter(Boolean).join(', ')}</dd>
            </div>
          )
        );
      })}
      {archive && item && (
        <div>
          <dt>{t('archive')}</dt>
          <dd>
            <span lang="ro">{[archive.repository, archive.collection].filter(Boolean).join(', ')}</span>,{' '}
            {[archive.identifier, item.folios].filter(Boolean).join(', ')}
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

/** A day of the calendar, whatever the time zone of the server; a year or a month as it is. */
function showDay(locale: Locale, date: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(date) ? formatDate(locale, new Date(`${date}T12:00:00`)) : date;
}
