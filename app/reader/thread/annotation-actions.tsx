'use client';
import { Ellipsis } from 'lucide';
import { useEffect, useRef, useState } from 'react';
import { Icon } from '@/app/_ui/icon';
import { lazy } from '@/app/_ui/lazy';
import type { Annotation } from '@/lib/annotation/schema';
import { useTranslations } from '@/lib/i18n/client';
import type { Ability } from '@/lib/policy';
import { isTombstone } from '../data/annotation-summary';
import { deleteAnnotation, moderate, setAgreement } from '../data/mutations';
import { openThread } from '../state/navigation';
import { useMutation } from '../state/use-mutation';
import { useReaderStore } from '../state/use-reader';
import { ActionButton } from './action-button';
import styles from './annotation.module.css';
import { AT_ONCE, WITH_REASON, type WithReason } from './decisions';

const MoreActions = lazy(() => import('./more-actions'));
const AppealDialog = lazy(() => import('./dialogs/appeal-dialog'));
const FlagDialog = lazy(() => import('./dialogs/flag-dialog'));
const ModerationDialog = lazy(() => import('./dialogs/moderation-dialog'));

type DialogKind = 'flag' | 'appeal' | WithReason;

/** What the reader may do with an annotation: exactly what the API says in `can`. */
export function AnnotationActions({ annotation }: { annotation: Annotation }) {
  const t = useTranslations('annotation');
  const store = useReaderStore();
  const run = useMutation();
  const [dialog, setDialog] = useState<DialogKind | null>(null);
  const [isMore, setMore] = useState(false);
  const opener = useRef<HTMLElement | null>(null);
  // It has come by the time that somebody opens it.
  useEffect(MoreActions.fetch, []);
  const { id, root } = annotation;
  const can = (ability: Ability) => annotation.can.includes(ability);
  const isOwnDeleted = annotation.mine && annotation.state === 'deleted';
  const withReason = isOwnDeleted ? [] : WITH_REASON.filter(can);
  const atOnce = AT_ONCE.filter(can);
  const hasText = !isTombstone(annotation);
  const agree = annotation.kind === 'question' ? 'agreeQuestion' : 'agree';

  async function remove(): Promise<void> {
    const deleted = await run(
      (onChanged) => deleteAnnotation(annotation, onChanged),
      t('deleted'),
      (deleted) => void restore(deleted),
    );
    if (deleted) keepFocus(id);
  }

  async function restore(deleted: Annotation): Promise<void> {
    const restored = await run((onChanged) => moderate(deleted, 'restore', '', onChanged), t('restored'));
    if (restored) openThread(store, restored.root, undefined, restored.id);
  }

  function openDialog(kind: DialogKind, button: HTMLElement): void {
    opener.current = button;
    setDialog(kind);
  }

  function closeDialog(): void {
    setDialog(null);
    opener.current?.focus();
  }

  const reply = () => store.dispatch({ type: 'openEditor', purpose: { what: 'reply', to: id, root } });
  const edit = () => store.dispatch({ type: 'openEditor', purpose: { what: 'edit', id, root } });

  return (
    <div className={styles.actions}>
      {can('reply') && <ActionButton label={t('reply')} onPress={reply} />}
      {can('agree') && (
        <ActionButton
          label={t(annotation.agreed ? `un${agree}` : agree)}
          onPress={() =>
            run(
              (onChanged) => setAgreement(annotation, onChanged),
              t(annotation.agreed ? 'agreementTaken' : 'agreementSaid'),
            )
          }
        />
      )}
      {can('edit') && hasText && <ActionButton label={t('edit')} onPress={edit} />}
      {can('appeal') && (
        <ActionButton label={t('appeal')} onPress={(button) => openDialog('appeal', button)} />
      )}
      {can('delete') && <ActionButton label={t('delete')} onPress={remove} />}
      {isOwnDeleted && can('restore') && (
        <ActionButton label={t('restore')} onPress={() => restore(annotation)} />
      )}
      {(hasText || withReason.length + atOnce.length > 0) && (
        <details className={styles.more} onToggle={(event) => setMore(event.currentTarget.open)}>
          <summary title={t('more')}>
            <Icon of={Ellipsis} small />
            <span className="visually-hidden">{t('more')}</span>
          </summary>
          {isMore && (
            <MoreActions
              annotation={annotation}
              withReason={withReason}
              atOnce={atOnce}
              onDialog={openDialog}
              waiting={null}
            />
          )}
        </details>
      )}
      {dialog === 'flag' && <FlagDialog annotation={annotation} onClose={closeDialog} />}
      {dialog === 'appeal' && <AppealDialog annotation={annotation} onClose={closeDialog} />}
      {dialog !== null && dialog !== 'flag' && dialog !== 'appeal' && (
        <ModerationDialog annotation={annotation} action={dialog} onClose={closeDialog} />
      )}
    </div>
  );
}

/** Once a button is gone with what it did, the focus is on its note, else on what is near. */
function keepFocus(id: string): void {
  requestAnimationFrame(() => {
    if (document.activeElement && document.activeElement !== document.body) return;
    const near = document.querySelector<HTMLElement>(`[data-note="${id}"], section[data-thread] [data-note]`);
    (near ?? document.querySelector<HTMLElement>('main'))?.focus({ preventScroll: true });
  });
}
