'use client';
import { useReducer } from 'react';
import { useTranslations } from '@/lib/i18n/client';
import { type Desk, draftName, dropDraft, listDrafts } from '../data/editor-draft';
import styles from '../margin/margin.module.css';
import { useGlossing } from '../state/context';

/** What was begun on this page and not sent. */
export default function Drafts({ desk }: { desk: Desk }) {
  const t = useTranslations('glossing');
  const { state, dispatch } = useGlossing();
  // Drafts are read from the browser's storage whenever this is drawn.
  const [, redraw] = useReducer((times: number) => times + 1, 0);
  const open = state.editor && draftName(state.editor.purpose);
  const drafts = listDrafts(localStorage, desk).filter(({ purpose }) => draftName(purpose) !== open);
  if (drafts.length === 0) return null;
  return (
    <details className={styles.drafts}>
      <summary>{t('drafts', { count: drafts.length })}</summary>
      <ul>
        {drafts.map(({ purpose, fields }) => (
          <li key={draftName(purpose)}>
            <span className={styles.words}>{fields.body}</span>
            <button type="button" onClick={() => dispatch({ type: 'write', purpose, kind: fields.kind })}>
              {t('continueDraft')}
            </button>
            <button
              type="button"
              onClick={() => {
                dropDraft(localStorage, desk, purpose);
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
