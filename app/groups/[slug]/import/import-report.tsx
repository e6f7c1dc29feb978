'use client';
import { Table } from '@/app/_ui/table';
import { useTranslations } from '@/lib/i18n/client';
import type { ImportResult, ImportResultLine } from '@/lib/import/schema';
import styles from './import.module.css';

/** The result of an import or a dry run: totals, authors, and the entries that need attention. */
export function ImportReport({ report }: { report: ImportResult }) {
  const t = useTranslations('import');
  const { total, glosses, replies, duplicates, refused, anchors, authors, remarks, more } = report;
  const lines = report.lines.filter(({ outcome, anchor }) => outcome !== 'new' || anchor === 'orphaned');
  return (
    <>
      <div role="status">
        <ul>
          <li>{t('summary', { total, glosses, replies })}</li>
          {anchors.exact + anchors.orphaned > 0 && <li>{t('passages', anchors)}</li>}
          {duplicates > 0 && <li>{t('duplicates', { count: duplicates })}</li>}
          {refused > 0 && <li>{t(report.id === null ? 'refused' : 'leftOut', { count: refused })}</li>}
          {remarks.map(({ kind, total, found }) => (
            <li key={`${kind} ${total}`}>{t(`remark.${kind}`, { total, found })}</li>
          ))}
          {refused === 0 && glosses + replies === 0 && <li>{t('nothing')}</li>}
        </ul>
      </div>
      {authors.length > 0 && (
        <Table
          caption={t('authors')}
          rows={authors}
          keyOf={({ iri, name }) => `${iri} ${name}`}
          columns={[
            { head: t('author'), cell: ({ name }) => name },
            {
              head: t('author.here'),
              cell: ({ match, as, name }) => t(`match.${match}`, { name: as ?? name }),
            },
            { head: t('author.count'), cell: ({ count }) => count, isFigure: true },
          ]}
        />
      )}
      {lines.length > 0 && (
        <details open={refused > 0}>
          <summary>{t('lines')}</summary>
          <ol className={styles.lines}>
            {lines.map((line) => (
              <li key={line.at}>
                <code>{line.at || '/'}</code> <strong>{t(`line.${statusOf(line)}`)}</strong>{' '}
                {line.passage && <q>{line.passage}</q>}
                {line.errors.map(({ pointer, detail }) => (
                  <p key={`${pointer} ${detail}`}>
                    <code>{pointer}</code> {detail}
                  </p>
                ))}
              </li>
            ))}
          </ol>
          {more > 0 && <p>{t('more', { count: more })}</p>}
        </details>
      )}
    </>
  );
}

function statusOf({ outcome }: ImportResultLine): 'refused' | 'duplicate' | 'lost' {
  return outcome === 'new' ? 'lost' : outcome;
}
