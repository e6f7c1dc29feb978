'use client';
import { useReducer } from 'react';
import { useTranslations } from '@/lib/i18n/client';
import { type DraftScope, deleteDraft, draftKey, type EditorTarget, listDrafts } from '../data/editor-draft';
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
  // Drafts are read from the browser's storage with each rendering.
  const [, renderAgain] = useReducer((times: number) => times + 1, 0);
  const open = editor && draftKey(editor.purpose);
  const drafts = listDrafts(localStorage, scope).filter(({ purpose }) => draftKey(purpose) !== open);

  function discard(purpose: EditorTarget): void {
    deleteDraft(localStorage, scope, purpose);
    renderAgain();
  }

  if (drafts.length === 0) return null;
  return (
    <details className={styles.drafts}>
      <summary>{t('drafts', { count: drafts.length })}</summary>
      <ul>
        {drafts.map(({ purpose, fields }) => (
          <li key={draftKey(purpose)}>
            <span className={styles.words}>{fields.body}</span>
            <button
              type="button"
              onClick={() => dispatch({ type: 'openEditor', purpose, kind: fields.kind })}
            >
              {t('continueDraft')}
            </button>
            <button type="button" onClick={() => discard(purpose)}>
              {t('discard')}
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
