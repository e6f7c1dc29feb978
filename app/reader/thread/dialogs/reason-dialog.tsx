'use client';
import { type ReactNode, useState } from 'react';
import { Button } from '@/app/_ui/button';
import { Dialog } from '@/app/_ui/dialog';
import { useSubmit } from '@/app/_ui/use-submit';
import { useTranslations } from '@/lib/i18n/client';
import { EditorProblem } from '../../editor/editor-problem';
import styles from './reason-dialog.module.css';

/** A modal question with one text answer, and what `children` ask besides. Stays open where sending fails. */
export function ReasonDialog({
  title,
  hint,
  label,
  required,
  sendLabel,
  onSend,
  onClose,
  children,
}: {
  title: string;
  hint: string;
  label: string;
  required: boolean;
  sendLabel: string;
  onSend: (text: string) => Promise<void>;
  onClose: () => void;
  children?: ReactNode;
}) {
  const t = useTranslations('annotation');
  const [text, setText] = useState('');
  const { busy, refusal, onSubmit } = useSubmit(t('problem_network'), async () => {
    await onSend(text);
    onClose();
  });

  return (
    <Dialog title={title} onClose={onClose}>
      <form onSubmit={onSubmit}>
        <p>{hint}</p>
        {children}
        <label className={styles.label}>
          {label}
          <textarea
            value={text}
            rows={3}
            required={required}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        <EditorProblem problem={refusal} />
        <div className="row">
          <Button type="submit" look="primary" busy={busy}>
            {sendLabel}
          </Button>
          <Button onClick={onClose}>{t('cancel')}</Button>
        </div>
      </form>
    </Dialog>
  );
}
