'use client';
import { useReducer } from 'react';
import { useTranslations } from '@/lib/i18n/client';
import { useGlossing } from './context';
import { draftName, dropDraft, listDrafts } from './draft';
import { signInAddress } from './editor-problem';
import styles from './margin.module.css';
import { SCOPES } from './thread';
import type { Session } from './use-session';

/** The ways through the glosses; stays in view while the text goes by. */
export function MarginBar({
  onStep,
  onKeyboard,
}: {
  onStep: (forward: boolean, opener: HTMLElement) => void;
  onKeyboard: (opener: HTMLElement) => void;
}) {
  const t = useTranslations('glossing');
  const { group, desk, placed, whole, lost } = useGlossing();
  return (
    <div className={styles.bar}>
      <h2 className={styles.title}>{t('title', { count: placed.length + whole.length + lost.length })}</h2>
      {group && (
        <>
          <button
            type="button"
            aria-label={t('previousGloss')}
            title={t('previousGloss')}
            onClick={(event) => onStep(false, event.currentTarget)}
          >
            <span aria-hidden="true">↑</span>
          </button>
          <button
            type="button"
            aria-label={t('nextGloss')}
            title={t('nextGloss')}
            onClick={(event) => onStep(true, event.currentTarget)}
          >
            <span aria-hidden="true">↓</span>
          </button>
        </>
      )}
      {desk && (
        <button
          type="button"
          className={styles.last}
          aria-keyshortcuts="Alt+K"
          title={t('keyboardTitle')}
          onClick={(event) => onKeyboard(event.currentTarget)}
        >
          {t('keyboardMode')}
        </button>
      )}
    </div>
  );
}

/** Whose layer this is, and what is shown of it. */
export function MarginHead({
  session,
  shortcuts,
  onShortcuts,
}: {
  session: Session;
  shortcuts: boolean;
  onShortcuts: (on: boolean) => void;
}) {
  const t = useTranslations('glossing');
  const { state, dispatch, group, desk, placed, whole, lost, section, reading } = useGlossing();
  const { me, chooseGroup } = session;
  const count = placed.length + whole.length + lost.length;
  if (me === undefined) return <p className={styles.quiet}>{t('loading')}</p>;
  return (
    <div className={styles.head}>
      {me === null && (
        <p className={styles.quiet}>
          {t('signedOut')} <a href={signInAddress()}>{t('signIn')}</a>
        </p>
      )}
      {me !== null && group === null && <p className={styles.quiet}>{t('noGroup')}</p>}
      {me !== null && me.groups.length > 1 && (
        <label className={styles.group}>
          {t('groupLabel')}{' '}
          <select value={group?.slug} onChange={(event) => chooseGroup(event.target.value)}>
            {me.groups.map(({ slug, name }) => (
              <option key={slug} value={slug}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      {me !== null && me.groups.length === 1 && group && <p className={styles.quiet}>{group.name}</p>}
      {group && (
        <>
          <fieldset className={styles.filters}>
            <legend>{t('filterLabel')}</legend>
            {SCOPES.map((scope) => (
              <button
                key={scope}
                type="button"
                aria-pressed={state.filter.scope === scope}
                onClick={() => dispatch({ type: 'filter', filter: { scope } })}
              >
                {t(`scope_${scope}`)}
              </button>
            ))}
          </fieldset>
          <input
            type="search"
            className={styles.search}
            aria-label={t('searchLabel')}
            placeholder={t('searchLabel')}
            value={state.filter.words}
            onChange={(event) => dispatch({ type: 'filter', filter: { words: event.target.value } })}
          />
          <details className={styles.drafts}>
            <summary>{t('more')}</summary>
            {desk && (
              <button
                type="button"
                onClick={() => {
                  const target = { section, start: null, end: null, exact: '' };
                  dispatch({ type: 'write', purpose: { what: 'gloss', target } });
                }}
              >
                {t('glossSection')}
              </button>
            )}
            <label className={styles.setting}>
              <input
                type="checkbox"
                checked={shortcuts}
                onChange={(event) => onShortcuts(event.target.checked)}
              />{' '}
              {t('shortcuts')}
            </label>
          </details>
        </>
      )}
      <Drafts />
      {group && state.status === 'failed' && <p role="alert">{t('loadFailed')}</p>}
      {group && (state.status === 'loading' || reading) && <p className={styles.quiet}>{t('loading')}</p>}
      {group && state.status === 'ready' && !reading && count === 0 && !state.editor && (
        <p className={styles.quiet}>
          {t(state.notes.size > 0 ? 'nothingKept' : desk ? 'emptyWriter' : 'emptyReader')}
        </p>
      )}
    </div>
  );
}

/** What was begun on this page and not sent. */
function Drafts() {
  const t = useTranslations('glossing');
  const { desk, state, dispatch } = useGlossing();
  // Drafts are read from the browser's storage whenever this is drawn.
  const [, redraw] = useReducer((times: number) => times + 1, 0);
  if (!desk || state.status !== 'ready') return null;
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
