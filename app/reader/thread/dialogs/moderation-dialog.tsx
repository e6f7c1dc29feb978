'use client';
import type { Annotation } from '@/lib/annotation/schema';
import { useTranslations } from '@/lib/i18n/client';
import { moderate } from '../../data/api';
import { useReader } from '../../state/context';
import { ReasonDialog } from './reason-dialog';

/** Hide, restore or deny a note, with the reason that its author and the log will show. */
export default function ModerationDialog({
  note,
  action,
  onClose,
}: {
  note: Annotation;
  action: 'hide' | 'restore' | 'deny';
  onClose: () => void;
}) {
  const t = useTranslations('annotation');
  const { dispatch, say } = useReader();

  async function send(reason: string): Promise<void> {
    dispatch({ type: 'put', note: await moderate(note, action, reason) });
    say(t('moderationDone', { action: t(action) }));
  }

  return (
    <ReasonDialog
      title={t(`${action}Title`, { name: note.author.name })}
      hint={t(`${action}Hint`)}
      label={t('reasonLabel')}
      required={action !== 'restore'}
      send={t(action)}
      onSend={send}
      onClose={onClose}
    />
  );
}
