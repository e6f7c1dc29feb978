'use client';
import { toast } from '@/app/_ui/toast';
import type { Annotation } from '@/lib/annotation/schema';
import { useTranslations } from '@/lib/i18n/client';
import { moderate } from '../../data/mutations';
import { useOnChanged } from '../../state/use-mutation';
import { ReasonDialog } from './reason-dialog';

/** Hides, restores, denies or sends back an annotation, or refuses the appeal on it, with the reason that its author and the log show. */
export default function ModerationDialog({
  annotation,
  action,
  onClose,
}: {
  annotation: Annotation;
  action: 'hide' | 'restore' | 'deny' | 'revise' | 'refuse-appeal';
  onClose: () => void;
}) {
  const t = useTranslations('annotation');
  const onChanged = useOnChanged();

  async function send(reason: string): Promise<void> {
    await moderate(annotation, action, reason, onChanged);
    toast(t('moderationDone', { action: t(action) }));
  }

  return (
    <ReasonDialog
      title={t(`${action}Title`, { name: annotation.author.name })}
      hint={t(`${action}Hint`)}
      label={t('reasonLabel')}
      required={action !== 'restore'}
      sendLabel={t(action)}
      onSend={send}
      onClose={onClose}
    />
  );
}
