import { findCitingNotes } from '@/lib/edition/citation';
import { formatDate, type Locale } from '@/lib/i18n';
import { TextState } from './print-head';
import styles from './reading.module.css';
import type { PageContext } from './render-context';

const PARTS = { sent: 'sent', transmitted: 'transmitted', received: 'received' } as const;

/**
 * The metadata of a letter in one line: where and when it was sent, its folios, the state of the text; unfolded its
 * sender, recipient, archive, and the notes that cite it.
 */
export function Correspondence({
  context,
  locale,
  hasCorrections,
}: {
  context: PageContext;
  locale: Locale;
  hasCorrections: boolean;
}) {
  const { edition, page, t } = context;
  const { correspondence, archive } = edition.header;
  const letter = correspondence.find(({ section }) => section === page);
  const item = archive?.items.find(({ section }) => section === page);
  const citing = findCitingNotes(edition, page);
  if (!letter && !item && citing.length === 0) return null;
  const sent = letter?.actions.find(({ type }) => type === 'sent');
  const received = letter?.actions.find(({ type }) => type === 'received');
  const people = [sent?.names.join(', '), received?.names.join(', ')].filter(Boolean).join(' → ');
  const facts = [
    sent?.date ? [sent.place, showDay(locale, sent.date)].filter(Boolean).join(', ') : people,
    archive && item && [archive.identifier || archive.repository, item.folios].filter(Boolean).join(', '),
    !letter && !item && t('citedIn'),
  ].filter(Boolean);
  return (
    <details className={styles.about}>
      <summary>
        <span dir="auto">{facts.join(' · ')}</span>
        {hasCorrections && (
          <span>
            {facts.length > 0 && ' · '}
            <TextState t={t} />
          </span>
        )}
        <span className={styles.more}>{t('details')}</span>
      </summary>
      <dl>
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
    </details>
  );
}

/** Formats a date independently of the server's time zone; a year or a month stays as it is. */
function showDay(locale: Locale, date: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(date) ? formatDate(locale, new Date(`${date}T12:00:00`)) : date;
}
