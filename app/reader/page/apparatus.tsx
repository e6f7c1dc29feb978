import type { Correction, Section } from '@/lib/edition/schema';
import styles from './reading.module.css';
import { apparatusEntryId, type PageContext } from './render-context';

/** A list of all corrections and doubts in the page's texts, for readers who cannot hover over the words. */
export function Apparatus({ context, sections }: { context: PageContext; sections: Section[] }) {
  const { t, edition } = context;
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
            <Place context={context} section={section} at={correction.start} />{' '}
            <Entry context={context} correction={correction} language={section.language} />
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

function Place({ context, section, at }: { context: PageContext; section: Section; at: number }) {
  const paragraph = section.paragraphs.find(({ start, end }) => start <= at && at <= end);
  if (!paragraph) return null;
  const { number, id } = paragraph;
  return <a href={`#${id}`}>{number ? context.t('paragraph', { number }) : id}</a>;
}

function Entry({
  context: { t },
  correction: { kind, printed, corrected, certainty, note },
  language,
}: {
  context: PageContext;
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
