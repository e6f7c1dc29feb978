'use client';
import { useTranslations } from '@/lib/i18n/client';
import styles from '../select/overlay.module.css';

export interface ToastMessage {
  text: string;
  undo?: () => void;
}

/** What was just done, said and shown; with a way back where there is one. */
export function Toast({ message, onGone }: { message: ToastMessage | null; onGone: () => void }) {
  const t = useTranslations('annotation');
  return (
    <div className={message ? styles.toast : 'visually-hidden'} role="status">
      {message?.text}
      {message?.undo && (
        <button
          type="button"
          onClick={() => {
            message.undo?.();
            onGone();
          }}
        >
          {t('undo')}
        </button>
      )}
    </div>
  );
}
