'use client';
import { useState } from 'react';
import { toast } from '@/app/_ui/toast';
import type { Annotation } from '@/lib/annotation/schema';
import { useTranslations } from '@/lib/i18n/client';
import { FLAG_REASONS } from '@/lib/moderation/constants';
import type { FlagReason } from '@/lib/moderation/schema';
import { flagAnnotation } from '../../data/mutations';
import { useOnChanged } from '../../state/use-mutation';
import { ReasonDialog } from './reason-dialog';
import styles from './reason-dialog.module.css';

/** Reports an annotation to the moderators. */
export default function FlagDialog({
  annotation: { id },
  onClose,
}: {
  annotation: Annotation;
  onClose: () => void;
}) {
  const t = useTranslations('annotation');
  const onChanged = useOnChanged();
  const [reason, setReason] = useState<FlagReason>('off-topic');

  async function send(note: string): Promise<void> {
    await flagAnnotation(id, reason, note, onChanged);
    toast(t('flagged'));
  }

  return (
    <ReasonDialog
      title={t('flagTitle')}
      hint={t('flagHint')}
      label={t('flagNote')}
      required={false}
      sendLabel={t('flagSend')}
      onSend={send}
      onClose={onClose}
    >
      <fieldset className={styles.choices}>
        <legend>{t('flagReason')}</legend>
        {FLAG_REASONS.map((option) => (
          <label key={option}>
            <input
              type="radio"
              name="reason"
              value={option}
              checked={reason === option}
              onChange={() => setReason(option)}
            />{' '}
            {t(`flag_${option}`)}
          </label>
        ))}
      </fieldset>
    </ReasonDialog>
  );
}
