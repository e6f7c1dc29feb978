'use client';
import { ADDRESS_LIMIT, CITATION_LIMIT, READING_LIMIT } from '@/lib/annotation/constants';
import { useTranslations } from '@/lib/i18n/client';
import type { DraftFields } from '../data/editor-draft';
import styles from './kind-fields.module.css';

/**
 * The fields that a kind asks for beside the words: the reading of a variant, the citation of a source and its address.
 * Loaded where one of those is chosen.
 */
export default function KindFields({
  fields: { kind, reading = '', citation = '', address = '' },
  errorOf,
  onChange,
}: {
  fields: DraftFields;
  errorOf: (field: string) => string | undefined;
  onChange: (part: Partial<DraftFields>) => void;
}) {
  const t = useTranslations('annotation');
  const citationError = errorOf('citation');
  if (kind === 'variant')
    return (
      <div className={styles.fields}>
        <Line
          label={t('reading')}
          value={reading}
          limit={READING_LIMIT}
          error={errorOf('reading')}
          onChange={(reading) => onChange({ reading })}
        />
      </div>
    );
  return (
    <div className={styles.fields}>
      <Line
        label={t('citation')}
        value={citation}
        limit={CITATION_LIMIT}
        error={citationError}
        onChange={(citation) => onChange({ citation })}
      />
      <Line
        label={t('citationAddress')}
        type="url"
        value={address}
        limit={ADDRESS_LIMIT}
        onChange={(address) => onChange({ address })}
      />
    </div>
  );
}

function Line({
  label,
  type = 'text',
  value,
  limit,
  error,
  onChange,
}: {
  label: string;
  type?: 'text' | 'url';
  value: string;
  limit: number;
  error?: string | undefined;
  onChange: (value: string) => void;
}) {
  return (
    <label>
      <span>{label}</span>
      <input
        type={type}
        dir="auto"
        value={value}
        maxLength={limit}
        placeholder={type === 'url' ? 'https://' : undefined}
        aria-invalid={error !== undefined}
        onChange={(event) => onChange(event.target.value)}
      />
      {error && <span className={styles.error}>{error}</span>}
    </label>
  );
}
