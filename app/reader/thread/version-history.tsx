'use client';
import { useEffect, useState } from 'react';
import { Button } from '@/app/_ui/button';
import { RelativeTime } from '@/app/_ui/time';
import type { Annotation } from '@/lib/annotation/schema';
import type { Version } from '@/lib/annotation/versions/schema';
import { useTranslations } from '@/lib/i18n/client';
import { fetchVersions, moderate } from '../data/mutations';
import { useMutation } from '../state/use-mutation';
import styles from './annotation.module.css';
import { DiffText } from './diff-text';

/** The versions of an annotation, each with what it changed; the newest first. */
export default function VersionHistory({ annotation }: { annotation: Annotation }) {
  const { id, version } = annotation;
  const run = useMutation();
  const [hidden, setHidden] = useState(0);
  const mayHide = annotation.can.includes('hide-version');
  const t = useTranslations('annotation');
  const [versions, setVersions] = useState<Version[] | null>(null);
  const [isFailed, setFailed] = useState(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a change while the history is open adds a version, and one may be hidden
  useEffect(() => {
    fetchVersions(id)
      .then(setVersions)
      .catch(() => setFailed(true));
  }, [id, version, hidden]);

  /** Hides an earlier version from everybody but staff, and reads them again. */
  async function hide(earlier: number): Promise<void> {
    const done = t('versionHidden');
    const changed = await run(
      (onChanged) => moderate(annotation, 'hide-version', '', onChanged, { earlier }),
      done,
    );
    if (changed) setHidden(hidden + 1);
  }

  if (isFailed) return <p className={styles.state}>{t('historyFailed')}</p>;
  if (!versions) return <p>{t('loading')}</p>;
  return (
    <ol className={styles.history} aria-label={t('history')}>
      {versions
        .map(({ version: number, written, body, hidden: isHidden }, i) => (
          <li key={number}>
            <RelativeTime when={written} />
            {isHidden && <span className="muted small"> {t('versionIsHidden')}</span>}
            {mayHide && !isHidden && number !== version && (
              <Button look="quiet" small onClick={() => void hide(number)}>
                {t('hideVersion')}
              </Button>
            )}
            <p>
              <DiffText before={versions[i - 1]?.body ?? body} after={body} />
            </p>
          </li>
        ))
        .reverse()}
    </ol>
  );
}
