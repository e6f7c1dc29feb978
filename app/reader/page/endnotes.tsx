import type { Section } from '@/lib/edition/schema';
import styles from './reading.module.css';
import type { PageContext } from './render-context';
import { SectionText } from './section-text';

/** The notes of a section below its text, each with a link back to its call. */
export function Endnotes({ context, notes }: { context: PageContext; notes: Section[] }) {
  if (notes.length === 0) return null;
  const { t } = context;
  return (
    <section className={styles.endnotes} role="doc-endnotes" aria-labelledby="notes">
      <h2 id="notes">{t('notes')}</h2>
      {notes.map((note) => {
        const label = note.label ?? '';
        return (
          <SectionText
            key={note.id}
            context={context}
            section={note}
            before={
              <span className="label" data-apparatus="">
                {label}
              </span>
            }
            after={
              <a
                className="back"
                role="doc-backlink"
                href={`#${note.id}.call`}
                aria-label={t('noteBack', { label })}
                data-apparatus=""
              >
                ↑
              </a>
            }
          />
        );
      })}
    </section>
  );
}
