import { Table } from '@/app/_ui/table';
import type { Key, Translate } from '@/lib/i18n';
import type { PublicationPreview } from '@/lib/publication/schema';

/** What publishing the draft would do to the annotations: totals by section, and each fuzzy or orphaned passage. */
export function PublicationPreviewTable({
  preview: { sections },
  t,
}: {
  preview: PublicationPreview;
  t: Translate<Key<'account'>>;
}) {
  if (sections.length === 0) return <p>{t('correct.sameText')}</p>;
  return (
    <>
      <Table
        caption={t('correct.draft')}
        rows={sections}
        keyOf={({ section }) => section}
        columns={[
          { head: t('correct.section'), cell: ({ section }) => section },
          { head: t('correct.exact'), cell: ({ exact }) => exact, isFigure: true },
          { head: t('correct.moved'), cell: ({ moved }) => moved, isFigure: true },
          { head: t('correct.fuzzy'), cell: ({ fuzzy }) => fuzzy, isFigure: true },
          { head: t('correct.orphaned'), cell: ({ orphaned }) => orphaned, isFigure: true },
        ]}
      />
      {sections
        .filter(({ passages, hidden }) => passages.length > 0 || hidden > 0)
        .map(({ section, passages, hidden }) => (
          <section key={section} aria-label={section}>
            <h3>{section}</h3>
            <ul>
              {passages.map(({ state, start, end, exact, changes, notes }) => (
                <li key={`${start}-${end}-${exact}`}>
                  <q>
                    {changes.map(({ kind, text }, i) => {
                      const key = `${i}${kind}`;
                      if (kind === 'added') return <ins key={key}>{text}</ins>;
                      return kind === 'removed' ? <del key={key}>{text}</del> : text;
                    })}
                  </q>{' '}
                  <span className="muted">
                    {t(state === 'fuzzy' ? 'correct.fuzzy' : 'correct.orphaned')} ·{' '}
                    {t('correct.notes', { count: notes })}
                  </span>
                </li>
              ))}
            </ul>
            {hidden > 0 && <p className="muted">{t('correct.hidden', { count: hidden })}</p>}
          </section>
        ))}
    </>
  );
}
