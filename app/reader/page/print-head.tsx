import { sectionName } from '@/lib/edition/contents';
import type { Section } from '@/lib/edition/schema';
import styles from './reading.module.css';
import type { PageContext } from './render-context';

/** What a sheet of paper says of its text: the work and its authors, the section, and whether misprints are corrected. */
export function PrintHead({
  context: { edition, t },
  section,
  hasCorrections,
}: {
  context: PageContext;
  section: Section;
  hasCorrections: boolean;
}) {
  const { header, title, language } = edition;
  return (
    <div className={styles.printHead}>
      <p className={styles.printTitle} lang={language} dir="auto">
        {title}
      </p>
      {header.authors.length > 0 && <p dir="auto">{header.authors.join(', ')}</p>}
      <p>
        {[
          sectionName(section.title, edition, t('section')),
          t('revision', { number: section.revision }),
        ].join(' · ')}
        {hasCorrections && (
          <>
            {' · '}
            <TextState t={t} />
          </>
        )}
      </p>
    </div>
  );
}

/** “As printed”, or “corrected”: the page is one for all readers, and the style sheet shows the words that are true. */
export function TextState({ t }: { t: PageContext['t'] }) {
  return (
    <>
      <span className="if-printed">{t('readingPrinted')}</span>
      <span className="if-corrected">{t('readingCorrected')}</span>
    </>
  );
}
