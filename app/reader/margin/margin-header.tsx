'use client';
import { lazy } from '@/app/_ui/lazy';
import { useTranslations } from '@/lib/i18n/client';
import { FILTER_SCOPES } from '../data/threads';
import { signInUrl } from '../editor/editor-problem';
import { useReader } from '../state/context';
import type { ReaderSession } from '../state/use-session';
import styles from './margin.module.css';

const Drafts = lazy(() => import('../editor/draft-list'));

/** The ways through the glosses; stays in view while the text goes by. */
export function MarginNavigation({
  onStep,
  onKeyboard,
}: {
  onStep: (forward: boolean, opener: HTMLElement) => void;
  onKeyboard: (opener: HTMLElement) => void;
}) {
  const t = useTranslations('annotation');
  const { group, desk, placed, whole, lost } = useReader();
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
export function MarginHeader({
  session,
  shortcuts,
  onShortcuts,
}: {
  session: ReaderSession;
  shortcuts: boolean;
  onShortcuts: (on: boolean) => void;
}) {
  const t = useTranslations('annotation');
  const { state, dispatch, group, desk, placed, whole, lost, section, reading } = useReader();
  const { me, chooseGroup } = session;
  const count = placed.length + whole.length + lost.length;
  if (me === undefined) return <p className={styles.quiet}>{t('loading')}</p>;
  return (
    <div className={styles.head}>
      {me === null && (
        <p className={styles.quiet}>
          {t('signedOut')} <a href={signInUrl()}>{t('signIn')}</a>
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
            {FILTER_SCOPES.map((scope) => (
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
      {desk && state.status === 'ready' && <Drafts desk={desk} />}
      {group && state.status === 'failed' && <p role="alert">{t('loadFailed')}</p>}
      {group && (state.status === 'loading' || reading) && <p className={styles.quiet}>{t('loading')}</p>}
      {group && state.status === 'ready' && !reading && count === 0 && !state.editor && (
        <p className={styles.quiet}>
          {t(state.notes.size > 0 ? 'noMatches' : desk ? 'emptyWriter' : 'emptyReader')}
        </p>
      )}
    </div>
  );
}
