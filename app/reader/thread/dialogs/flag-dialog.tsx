'use client';
import { useState } from 'react';
import type { Annotation } from '@/lib/annotation/schema';
import { useTranslations } from '@/lib/i18n/client';
import { fetchAnnotation, flagAnnotation } from '../../data/api';
import { useReader } from '../../state/context';
import { ReasonDialog } from './reason-dialog';
import styles from './reason-dialog.module.css';

const REASONS = ['off-topic', 'offensive', 'personal-data', 'wrong', 'other'] as const;

/** Tell the moderators about a note. */
export default function FlagDialog({ note, onClose }: { note: Annotation; onClose: () => void }) {
  const t = useTranslations('annotation');
  const { dispatch, say } = useReader();
  const [reason, setReason] = useState<(typeof REASONS)[number]>('off-topic');

  async function send(text: string): Promise<void> {
    await flagAnnotation(note.id, reason, text);
    say(t('flagged'));
    // Whether it may be flagged once more is the API's to say.
    const now = await fetchAnnotation(note.id).catch(() => null);
    if (now) dispatch({ type: 'put', note: now });
  }

  return (
    <ReasonDialog
      title={t('flagTitle')}
      hint={t('flagHint')}
      label={t('flagNote')}
      required={false}
      send={t('flagSend')}
      onSend={send}
      onClose={onClose}
    >
      <fieldset className={styles.choices}>
        <legend>{t('flagReason')}</legend>
        {REASONS.map((each) => (
          <label key={each}>
            <input
              type="radio"
              name="reason"
              value={each}
              checked={reason === each}
              onChange={() => setReason(each)}
            />{' '}
            {t(`flag_${each}`)}
          </label>
        ))}
      </fieldset>
    </ReasonDialog>
  );
}
