'use client';
import type { Annotation } from '@/lib/annotation/schema';
import { useTranslations } from '@/lib/i18n/client';
import styles from './kind-parts.module.css';

/** What its kind asks of a note: the reading of a variant, or the citation of a source with its address. */
export default function KindParts({ annotation: { reading, citation } }: { annotation: Annotation }) {
  const t = useTranslations('annotation');
  return (
    <dl className={styles.parts}>
      {reading !== null && (
        <div>
          <dt>{t('reading')}</dt>
          <dd className={styles.reading} dir="auto">
            {reading}
          </dd>
        </div>
      )}
      {citation && (
        <div>
          <dt>{t('citation')}</dt>
          <dd dir="auto">
            {citation.text}{' '}
            {citation.address !== null && (
              // What a reader wrote is no recommendation of ours, and is not told where it was followed from.
              <a href={citation.address} rel="nofollow noreferrer ugc">
                {hostOf(citation.address)}
              </a>
            )}
          </dd>
        </div>
      )}
    </dl>
  );
}

function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : address;
}
