'use client';
import { useEffect, useState } from 'react';
import { RelativeTime } from '@/app/_ui/time';
import type { Annotation } from '@/lib/annotation/schema';
import type { Version } from '@/lib/annotation/versions/schema';
import { useTranslations } from '@/lib/i18n/client';
import { fetchVersions } from '../data/mutations';
import styles from './annotation.module.css';
import { DiffText } from './diff-text';

/** The versions of an annotation, each with what it changed; the newest first. */
export default function VersionHistory({ annotation: { id, version } }: { annotation: Annotation }) {
  const t = useTranslations('annotation');
  const [versions, setVersions] = useState<Version[] | null>(null);
  const [isFailed, setFailed] = useState(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a change while the history is open adds a version
  useEffect(() => {
    fetchVersions(id)
      .then(setVersions)
      .catch(() => setFailed(true));
  }, [id, version]);

  if (isFailed) return <p className={styles.state}>{t('historyFailed')}</p>;
  if (!versions) return <p>{t('loading')}</p>;
  return (
    <ol className={styles.history} aria-label={t('history')}>
      {versions
        .map(({ version, written, body }, i) => (
          <li key={version}>
            <RelativeTime when={written} />
            <p>
              <DiffText before={versions[i - 1]?.body ?? body} after={body} />
            </p>
          </li>
        ))
        .reverse()}
    </ol>
  );
}
