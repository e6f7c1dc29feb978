'use client';
import { useReducer, useRef } from 'react';
import { Button } from '@/app/_ui/button';
import { toast } from '@/app/_ui/toast';
import { useTranslations } from '@/lib/i18n/client';
import {
  type DraftScope,
  deleteDraft,
  draftKey,
  type EditorDraft,
  listDrafts,
  saveDraft,
} from '../data/editor-draft';
import { useReader, useReaderStore } from '../state/use-reader';
import styles from './draft-list.module.css';

/** What was begun on this page and not sent. */
export function DraftList() {
  const scope = useReader(({ draftScope }) => draftScope);
  const isReady = useReader(({ status }) => status === 'ready');
  return isReady && scope && <Drafts scope={scope} />;
}

function Drafts({ scope }: { scope: DraftScope }) {
  const t = useTranslations('annotation');
  const { dispatch } = useReaderStore();
  const editor = useReader((state) => state.editor);
  const list = useRef<HTMLDetailsElement>(null);
  // Drafts are read from the browser's storage with each rendering.
  const [, renderAgain] = useReducer((times: number) => times + 1, 0);
  const open = editor && draftKey(editor.purpose);
  const drafts = listDrafts(localStorage, scope).filter(({ purpose }) => draftKey(purpose) !== open);

  function discard(draft: EditorDraft): void {
    deleteDraft(localStorage, scope, draft.purpose);
    renderAgain();
    list.current?.querySelector('summary')?.focus();
    toast(t('draftDiscarded'), {
      label: t('undo'),
      run: () => {
        saveDraft(localStorage, scope, draft);
        renderAgain();
      },
    });
  }

  if (drafts.length === 0) return null;
  return (
    <details ref={list} className={styles.drafts}>
      <summary>{t('drafts', { count: drafts.length })}</summary>
      <ul>
        {drafts.map((draft) => {
          const { purpose, fields } = draft;
          return (
            <li key={draftKey(purpose)}>
              <span className={styles.words}>{fields.body}</span>
              <Button small onClick={() => dispatch({ type: 'openEditor', purpose, kind: fields.kind })}>
                {t('continueDraft')}
              </Button>{' '}
              <Button look="quiet" small onClick={() => discard(draft)}>
                {t('discard')}
              </Button>
            </li>
          );
        })}
      </ul>
    </details>
  );
}
