'use client';
import { useReducer } from 'react';
import { useTranslations } from '@/lib/i18n/client';
import { type DraftScope, deleteDraft, draftKey, listDrafts } from '../data/editor-draft';
import styles from '../margin/margin.module.css';
import { useReader } from '../state/context';

/** What was begun on this page and not sent. */
export default function DraftList({ desk }: { desk: DraftScope }) {
  const t = useTranslations('annotation');
  const { state, dispatch } = useReader();
  // Drafts are read from the browser's storage whenever this is drawn.
  const [, redraw] = useReducer((times: number) => times + 1, 0);
  const open = state.editor && draftKey(state.editor.purpose);
  const drafts = listDrafts(localStorage, desk).filter(({ purpose }) => draftKey(purpose) !== open);
  if (drafts.length === 0) return null;
  return (
    <details className={styles.drafts}>
      <summary>{t('drafts', { count: drafts.length })}</summary>
      <ul>
        {drafts.map(({ purpose, fields }) => (
          <li key={draftKey(purpose)}>
            <span className={styles.words}>{fields.body}</span>
            <button type="button" onClick={() => dispatch({ type: 'write', purpose, kind: fields.kind })}>
              {t('continueDraft')}
            </button>
            <button
              type="button"
              onClick={() => {
                deleteDraft(localStorage, desk, purpose);
                redraw();
              }}
            >
              {t('discard')}
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
