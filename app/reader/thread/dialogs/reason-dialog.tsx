'use client';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Problem } from '@/app/_ui/api-client';
import { Button } from '@/app/_ui/button';
import { Dialog } from '@/app/_ui/dialog';
import { useTranslations } from '@/lib/i18n/client';
import { EditorProblem } from '../../editor/editor-problem';
import styles from './reason-dialog.module.css';

/** A modal question with one text answer, and whatever else `children` ask. Stays open where sending fails. */
export function ReasonDialog({
  title,
  hint,
  label,
  required,
  send,
  onSend,
  onClose,
  children,
}: {
  title: string;
  hint: string;
  label: string;
  required: boolean;
  send: string;
  onSend: (text: string) => Promise<void>;
  onClose: () => void;
  children?: ReactNode;
}) {
  const t = useTranslations('annotation');
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setProblem(null);
    try {
      await onSend(text);
      onClose();
    } catch (caught) {
      setProblem(caught instanceof Problem ? caught : new Problem(0));
      setBusy(false);
    }
  }

  return (
    <Dialog title={title} onClose={onClose}>
      <form onSubmit={submit}>
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
        <EditorProblem problem={problem} />
        <div className="row">
          <Button type="submit" look="primary" busy={busy}>
            {send}
          </Button>
          <Button onClick={onClose}>{t('cancel')}</Button>
        </div>
      </form>
    </Dialog>
  );
}
