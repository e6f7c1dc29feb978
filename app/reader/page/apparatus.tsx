import type { Correction, Section } from '@/lib/edition/schema';
import styles from './reading.module.css';
import { apparatusEntryId, type PageContext } from './render-context';

/** Every correction and doubt of the page's texts, for whoever cannot hover over the words. */
export function Apparatus({ view, sections }: { view: PageContext; sections: Section[] }) {
  const { t, edition } = view;
  const entries = sections.flatMap((section) =>
    section.corrections.map((correction) => ({ section, correction })),
  );
  if (entries.length === 0) return null;
  const responsible = new Set(entries.map(({ correction }) => correction.resp));
  const names = edition.header.editors.filter(({ id }) => responsible.has(id)).map(({ name }) => name);
  return (
    <details className={styles.apparatus}>
      <summary>
        <h2 id="corrections">{t('corrections')}</h2>
      </summary>
      <p>{t('correctionsIntro')}</p>
      <ol>
        {entries.map(({ section, correction }) => (
          <li key={`${section.id} ${correction.start}`} id={apparatusEntryId(section.id, correction.start)}>
            <Place view={view} section={section} at={correction.start} />{' '}
            <Entry view={view} correction={correction} language={section.language} />
          </li>
        ))}
      </ol>
      {names.length > 0 && (
        <p>
          {t('responsible')}: {names.join(', ')}
        </p>
      )}
    </details>
  );
}

function Place({ view, section, at }: { view: PageContext; section: Section; at: number }) {
  const paragraph = section.paragraphs.find(({ start, end }) => start <= at && at <= end);
  if (!paragraph) return null;
  const { number, id } = paragraph;
  return <a href={`#${id}`}>{number ? view.t('paragraph', { number }) : id}</a>;
}

function Entry({
  view: { t },
  correction: { kind, printed, corrected, certainty, note },
  language,
}: {
  view: PageContext;
  correction: Correction;
  language: string;
}) {
  const level = t('certainty', { level: certainty });
  return (
    <span>
      {printed === '' ? <em>{t('wordMissing')}</em> : <span lang={language}>{printed}</span>}
      {kind !== 'note' && (
        <>
          {' → '}
          <strong lang={language}>{corrected.trim()}</strong>
        </>
      )}
      {note && <span lang="en"> — {note}</span>} <span className={styles.aside}>({level})</span>
    </span>
  );
}
