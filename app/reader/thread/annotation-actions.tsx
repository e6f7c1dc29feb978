'use client';
import { useRef, useState } from 'react';
import { Problem } from '@/app/_ui/api-client';
import { lazy } from '@/app/_ui/lazy';
import type { Ability, Annotation } from '@/lib/annotation/schema';
import { useTranslations } from '@/lib/i18n/client';
import { copyText } from '../../_ui/clipboard';
import { deleteAnnotation, fetchAnnotation, moderate } from '../data/api';
import { isTombstone } from '../data/threads';
import { useReader } from '../state/context';
import styles from './annotation.module.css';

const FlagDialog = lazy(() => import('./dialogs/flag-dialog'));
const DecisionDialog = lazy(() => import('./dialogs/moderation-dialog'));

/** Decisions that are given a reason, and those that are made at once. */
const REASONED = ['hide', 'restore', 'deny'] as const;
const PLAIN = [
  'approve',
  'pin',
  'unpin',
  'endorse',
  'unendorse',
  'resolve',
  'reopen',
  'lock',
  'unlock',
] as const;
type Reasoned = (typeof REASONED)[number];

/** What the reader may do with a note: exactly what the API says in `can`. */
export function AnnotationActions({ note }: { note: Annotation }) {
  const t = useTranslations('annotation');
  const { dispatch, say, openThread } = useReader();
  const [dialog, setDialog] = useState<'flag' | Reasoned | null>(null);
  const opener = useRef<HTMLElement | null>(null);
  // A second press, while the first is on a slow line, would be answered that the note has changed.
  const isBusy = useRef(false);
  const can = (ability: Ability) => note.can.includes(ability);
  const own = note.mine && note.state === 'deleted';
  const reasoned = own ? [] : REASONED.filter(can);
  const plain = PLAIN.filter(can);

  async function attempt(act: () => Promise<Annotation>, done: string): Promise<Annotation | null> {
    if (isBusy.current) return null;
    isBusy.current = true;
    try {
      const changed = await act();
      dispatch({ type: 'put', note: changed });
      say(done);
      return changed;
    } catch (caught) {
      const problem = caught instanceof Problem ? caught : new Problem(0);
      if (problem.status === 409 || problem.status === 412) {
        const now = await fetchAnnotation(note.id).catch(() => null);
        if (now) dispatch({ type: 'put', note: now });
      }
      say(problem.detail || t(problem.status === 401 ? 'problem_signedOut' : 'problem_network'));
      return null;
    } finally {
      isBusy.current = false;
    }
  }

  async function remove(): Promise<void> {
    const gone = await attempt(() => deleteAnnotation(note), t('deleted'));
    if (gone) say(t('deleted'), () => void undo(gone));
  }

  async function undo(gone: Annotation): Promise<void> {
    const back = await attempt(() => moderate(gone, 'restore', ''), t('restored'));
    if (back) openThread(back.root, undefined, back.id);
  }

  function openDialog(which: 'flag' | Reasoned, button: HTMLElement): void {
    opener.current = button;
    setDialog(which);
  }

  function closeDialog(): void {
    setDialog(null);
    opener.current?.focus();
  }

  async function copyLink(): Promise<void> {
    const copied = await copyText(new URL(`/annotations/${note.id}`, window.location.origin).href);
    say(t(copied ? 'linkCopied' : 'copyFailed'));
  }

  const write = (what: 'reply' | 'edit') =>
    dispatch({
      type: 'write',
      purpose:
        what === 'reply' ? { what, to: note.id, root: note.root } : { what, id: note.id, root: note.root },
    });

  return (
    <div className={styles.actions}>
      {can('reply') && <ActionButton label={t('reply')} onPress={() => write('reply')} />}
      {can('edit') && !isTombstone(note) && <ActionButton label={t('edit')} onPress={() => write('edit')} />}
      {can('delete') && <ActionButton label={t('delete')} onPress={remove} />}
      {own && can('restore') && <ActionButton label={t('restore')} onPress={() => undo(note)} />}
      {(!isTombstone(note) || reasoned.length + plain.length > 0) && (
        <details className={styles.more}>
          <summary>{t('more')}</summary>
          {!isTombstone(note) && <ActionButton label={t('copyAnnotationLink')} onPress={copyLink} />}
          {can('flag') && <ActionButton label={t('flag')} onPress={(button) => openDialog('flag', button)} />}
          {reasoned.map((action) => (
            <ActionButton key={action} label={t(action)} onPress={(button) => openDialog(action, button)} />
          ))}
          {plain.map((action) => (
            <ActionButton
              key={action}
              label={t(action)}
              onPress={() =>
                attempt(() => moderate(note, action, ''), t('moderationDone', { action: t(action) }))
              }
            />
          ))}
        </details>
      )}
      {dialog === 'flag' && <FlagDialog note={note} onClose={closeDialog} />}
      {dialog !== null && dialog !== 'flag' && (
        <DecisionDialog note={note} action={dialog} onClose={closeDialog} />
      )}
    </div>
  );
}

function ActionButton({ label, onPress }: { label: string; onPress: (button: HTMLElement) => unknown }) {
  return (
    <button type="button" className={styles.quiet} onClick={(event) => void onPress(event.currentTarget)}>
      {label}
    </button>
  );
}
