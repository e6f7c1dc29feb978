'use client';
import { copyText } from '@/app/_ui/clipboard';
import { toast } from '@/app/_ui/toast';
import type { Annotation } from '@/lib/annotation/schema';
import { useTranslations } from '@/lib/i18n/client';
import { isTombstone } from '../data/annotation-summary';
import { moderate } from '../data/mutations';
import { useMutation } from '../state/use-mutation';
import { useReader } from '../state/use-reader';
import { ActionButton } from './action-button';
import type { AtOnce, WithReason } from './decisions';
import WatchAction from './watch-action';

type Props = {
  annotation: Annotation;
  withReason: readonly WithReason[];
  atOnce: readonly AtOnce[];
  onDialog: (kind: 'flag' | WithReason, opener: HTMLElement) => void;
};

/** What is seldom done with an annotation; loaded once somebody asks for it. */
export default function MoreActions({ annotation, withReason, atOnce, onDialog }: Props) {
  const t = useTranslations('annotation');
  const run = useMutation();
  // Who is no member cannot report a note, and gives notice of it by the form for everybody.
  const isGuest = useReader(({ me, group }) => me !== undefined && group === null);
  const { id } = annotation;
  const hasText = !isTombstone(annotation);

  async function copyLink(): Promise<void> {
    const isCopied = await copyText(new URL(`/annotations/${id}`, window.location.origin).href);
    toast(t(isCopied ? 'linkCopied' : 'copyFailed'));
  }

  function decide(action: AtOnce): void {
    void run(
      (onChanged) => moderate(annotation, action, '', onChanged),
      t('moderationDone', { action: t(action) }),
    );
  }

  return (
    <>
      {hasText && <ActionButton label={t('copyAnnotationLink')} onPress={copyLink} />}
      {annotation.parent === null && hasText && <WatchAction id={id} />}
      {isGuest && hasText && <a href={`/notice-of-content?address=/annotations/${id}`}>{t('giveNotice')}</a>}
      {annotation.can.includes('flag') && (
        <ActionButton label={t('flag')} onPress={(button) => onDialog('flag', button)} />
      )}
      {withReason.map((action) => (
        <ActionButton key={action} label={t(action)} onPress={(button) => onDialog(action, button)} />
      ))}
      {atOnce.map((action) => (
        <ActionButton key={action} label={t(action)} onPress={() => decide(action)} />
      ))}
    </>
  );
}
