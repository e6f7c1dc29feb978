'use client';
import type { ReactNode } from 'react';
import { signInUrl } from '@/app/_ui/sign-in-url';
import { toast } from '@/app/_ui/toast';
import { useTranslations } from '@/lib/i18n/client';
import { setShortcuts } from '../select/shortcuts';
import { startKeyboardSelection } from '../state/keyboard-selection';
import { chooseGroup } from '../state/session';
import { countThreads } from '../state/thread-lists';
import { useReader, useReaderStore } from '../state/use-reader';
import { FilterBar } from './filter-bar';
import styles from './margin.module.css';

/** Leads from gloss to gloss; stays in view while the text scrolls. */
export function MarginNavigation() {
  const t = useTranslations('annotation');
  const store = useReaderStore();
  const hasGroup = useReader(({ group }) => group !== null);
  const canWrite = useReader(({ draftScope }) => draftScope !== null);
  const count = useReader(countThreads);
  function step(forward: boolean, opener: HTMLElement): void {
    if (!store.stepThread(forward, opener)) toast(t(forward ? 'noNext' : 'noPrevious'));
  }
  return (
    <div className={styles.bar}>
      <h2 className={styles.title}>{t('title', { count })}</h2>
      {hasGroup && (
        <>
          <button
            type="button"
            aria-label={t('previousGloss')}
            title={t('previousGloss')}
            onClick={(event) => step(false, event.currentTarget)}
          >
            <span aria-hidden="true">↑</span>
          </button>
          <button
            type="button"
            aria-label={t('nextGloss')}
            title={t('nextGloss')}
            onClick={(event) => step(true, event.currentTarget)}
          >
            <span aria-hidden="true">↓</span>
          </button>
        </>
      )}
      {canWrite && (
        <button
          type="button"
          className={styles.last}
          aria-keyshortcuts="Alt+K"
          title={t('keyboardTitle')}
          onClick={(event) => startKeyboardSelection(store, event.currentTarget)}
        >
          {t('keyboardMode')}
        </button>
      )}
    </div>
  );
}

/** Whose annotations are shown, and which of them; under that the `drafts`. */
export function MarginHeader({ drafts }: { drafts: ReactNode }) {
  const t = useTranslations('annotation');
  const store = useReaderStore();
  const me = useReader((state) => state.me);
  const group = useReader((state) => state.group);
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
          <select value={group?.slug} onChange={(event) => chooseGroup(store, event.target.value)}>
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
          <FilterBar />
          <MoreActions />
        </>
      )}
      {drafts}
      {group && <LoadStatus />}
    </div>
  );
}

function MoreActions() {
  const t = useTranslations('annotation');
  const store = useReaderStore();
  const canWrite = useReader(({ draftScope }) => draftScope !== null);
  const shortcuts = useReader((state) => state.shortcuts);
  function glossSection(): void {
    const target = { section: store.getState().section, start: null, end: null, exact: '' };
    store.dispatch({ type: 'openEditor', purpose: { what: 'gloss', target } });
  }
  return (
    <details className={styles.drafts}>
      <summary>{t('more')}</summary>
      {canWrite && (
        <button type="button" onClick={glossSection}>
          {t('glossSection')}
        </button>
      )}
      <label className={styles.setting}>
        <input
          type="checkbox"
          checked={shortcuts}
          onChange={(event) => setShortcuts(store, event.target.checked)}
        />{' '}
        {t('shortcuts')}
      </label>
    </details>
  );
}

/** Says that annotations are being loaded, could not be, or that there are none. */
function LoadStatus() {
  const t = useTranslations('annotation');
  const status = useReader((state) => state.status);
  const isSearching = useReader((state) => state.isSearching);
  const count = useReader(countThreads);
  const hasAny = useReader(({ summaries }) => summaries.size > 0);
  const canWrite = useReader(({ draftScope }) => draftScope !== null);
  const isWriting = useReader(({ editor }) => editor !== null);
  if (status === 'failed') return <p role="alert">{t('loadFailed')}</p>;
  if (status === 'loading' || isSearching) return <p className={styles.quiet}>{t('loading')}</p>;
  if (count > 0 || isWriting) return null;
  return <p className={styles.quiet}>{t(hasAny ? 'noMatches' : canWrite ? 'emptyWriter' : 'emptyReader')}</p>;
}
