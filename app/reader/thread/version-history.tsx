'use client';
import { useEffect, useState } from 'react';
import type { Annotation } from '@/lib/annotation/schema';
import type { Version } from '@/lib/annotation/versions/schema';
import { useTranslations } from '@/lib/i18n/client';
import { fetchVersions } from '../data/api';
import styles from './annotation.module.css';
import { RelativeTime } from './relative-time';
import { diffWords } from './word-diff';

/** The earlier texts of a note, each with what the next one changed; the newest first. */
export default function VersionHistory({ note }: { note: Annotation }) {
  const t = useTranslations('annotation');
  const [versions, setVersions] = useState<Version[] | null>(null);
  const [failed, setFailed] = useState(false);

  // A note that is changed while its history is open has one version more.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version is what to follow
  useEffect(() => {
    fetchVersions(note.id)
      .then(setVersions)
      .catch(() => setFailed(true));
  }, [note.id, note.version]);

  if (failed) return <p className={styles.state}>{t('historyFailed')}</p>;
  if (!versions) return <p>{t('loading')}</p>;
  return (
    <ol className={styles.history} aria-label={t('history')}>
      {versions
        .map((version, i) => (
          <li key={version.version}>
            <RelativeTime when={version.written} />
            <p>
              {diffWords(versions[i - 1]?.body ?? version.body, version.body).map(({ kind, text }, at) => {
                const Tag = kind === 'added' ? 'ins' : kind === 'removed' ? 'del' : 'span';
                // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one difference never move
                return <Tag key={at}>{text}</Tag>;
              })}
            </p>
          </li>
        ))
        .reverse()}
    </ol>
  );
}
