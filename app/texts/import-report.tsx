import { CircleAlert, CircleCheck } from 'lucide';
import { Icon } from '@/app/_ui/icon';
import { Table } from '@/app/_ui/table';
import type { ImportReport, ReportDecision } from '@/lib/edition/import-report';
import type { Key, Locale, Translate } from '@/lib/i18n';
import styles from './texts.module.css';

type Props = { report: ImportReport; t: Translate<Key<'texts'>>; locale: Locale };
type Items = ImportReport['leftOut'];

/** What became of a file: its words, what was left out on purpose, what is shown plainly, and what is to be decided. */
export function ImportReportView({ report, t, locale }: Props) {
  const { words, sameSequence, leftOut, shownPlainly, normalized, decisions, images } = report;
  return (
    <>
      <div className={styles.proof}>
        <p className={sameSequence ? styles.good : styles.bad}>
          <Icon of={sameSequence ? CircleCheck : CircleAlert} />
          {t(sameSequence ? 'proof' : 'proof.lost')}
        </p>
        <dl>
          {(['file', 'text', 'leftOut'] as const).map((part) => (
            <div key={part}>
              <dt>{t(`proof.${part}`, { count: words[part] })}</dt>
              <dd>{t('number', { count: words[part] })}</dd>
            </div>
          ))}
        </dl>
        {!sameSequence && <p>{t('lost')}</p>}
      </div>
      {normalized > 0 && <p className="muted">{t('normalized', { count: normalized })}</p>}
      {images && <NamedImages images={images} t={t} />}
      {decisions.length > 0 && (
        <>
          <h3>{t('decide')}</h3>
          <ul>
            {decisions.map((decision) => (
              <li key={decision.field}>{decisionSentence(decision, t, locale)}</li>
            ))}
          </ul>
        </>
      )}
      <Elements title={t('leftOut')} items={leftOut} t={t} />
      <Elements title={t('plainly')} items={shownPlainly} t={t} />
    </>
  );
}

/** The page images that a text names, and those that are still to be uploaded. */
function NamedImages({ images, t }: { images: NonNullable<ImportReport['images']>; t: Props['t'] }) {
  const { named, here, elsewhere, missing } = images;
  const count = Math.max(missing.length, named - here - elsewhere);
  const names = [...missing.slice(0, 5), ...(count > 5 ? ['…'] : [])].join(', ');
  return (
    <>
      <p>{t('images', { named, here, elsewhere })}</p>
      {count > 0 && <p>{t('images.missing', { count, names })}</p>}
    </>
  );
}

function decisionSentence({ field, value, proposed }: ReportDecision, t: Props['t'], locale: Locale): string {
  if (field !== 'language') return t('decide.title', { value });
  if (proposed === undefined) return t('decide.language');
  const name = new Intl.DisplayNames([locale], { type: 'language' }).of(proposed) ?? proposed;
  return t('decide.guess', { language: `${name} (${proposed})` });
}

function Elements({ title, items, t }: { title: string; items: Items; t: Props['t'] }) {
  if (items.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <Table
        caption={title}
        rows={items}
        keyOf={({ element, reason }) => `${element} ${reason}`}
        columns={[
          {
            head: t('table.element'),
            cell: ({ element, reason }) => (
              <>
                <code>{element}</code>
                {reason && <span className="muted"> {reasonOf(reason, t)}</span>}
              </>
            ),
          },
          { head: t('table.count'), cell: ({ count }) => count, isFigure: true },
          { head: t('table.words'), cell: ({ words }) => words, isFigure: true },
          { head: t('table.places'), cell: ({ places }) => places.join(', ') },
        ]}
      />
    </>
  );
}

const REASONS = [
  'beside',
  'doctype-outside',
  'encoding-guessed',
  'entity-known',
  'entity-unknown',
  'gutenberg-licence',
  'not-tei',
  'note-call',
  'other-files',
  'running-head',
  'script',
  'tei-capitals',
  'tei-p4',
  'tracked-deletion',
] as const;

function reasonOf(reason: string, t: Props['t']): string {
  const known = REASONS.find((key) => key === reason);
  return known ? t(`reason.${known}`) : reason.replaceAll('-', ' ');
}
