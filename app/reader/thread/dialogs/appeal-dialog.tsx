'use client';
import { toast } from '@/app/_ui/toast';
import type { Annotation } from '@/lib/annotation/schema';
import { useTranslations } from '@/lib/i18n/client';
import { appealDecision } from '../../data/mutations';
import { useOnChanged } from '../../state/use-mutation';
import { ReasonDialog } from './reason-dialog';

/** Says against the decision that holds one's own annotation back; another member of staff answers. */
export default function AppealDialog({
  annotation: { id },
  onClose,
}: {
  annotation: Annotation;
  onClose: () => void;
}) {
  const t = useTranslations('annotation');
  const onChanged = useOnChanged();

  async function send(words: string): Promise<void> {
    await appealDecision(id, words, onChanged);
    toast(t('appealSent'));
  }

  return (
    <ReasonDialog
      title={t('appealTitle')}
      hint={t('appealHint')}
      label={t('appealWords')}
      required
      sendLabel={t('appealSend')}
      onSend={send}
      onClose={onClose}
    />
  );
}
