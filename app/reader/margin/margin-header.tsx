'use client';
import { ChevronDown, ChevronUp, Eye, WifiOff } from 'lucide';
import type { ReactNode } from 'react';
import { IconButton } from '@/app/_ui/button';
import { Icon } from '@/app/_ui/icon';
import { signInUrl } from '@/app/_ui/sign-in-url';
import { toast } from '@/app/_ui/toast';
import { useTranslations } from '@/lib/i18n/client';
import { chooseGroup } from '../state/session';
import { countThreads } from '../state/thread-lists';
import { useOnline } from '../state/use-online';
import { useReader, useReaderStore } from '../state/use-reader';
import styles from './margin.module.css';

/** How many notes there are, and of them the filter keeps. */
export function NoteCount() {
  const t = useTranslations('annotation');
  const count = useReader(countThreads);
  const all = useReader(({ threads }) => threads.counts.all);
  return count === all ? t('title', { count }) : t('titleKept', { count, all });
}

/** Leads from note to note. */
export function NextNote({ isSmall = true }: { isSmall?: boolean }) {
  const t = useTranslations('annotation');
  const store = useReaderStore();
  function step(forward: boolean, opener: HTMLElement): void {
    if (!store.stepThread(forward, opener)) toast(t(forward ? 'noNext' : 'noPrevious'));
  }
  return (
    <>
      <IconButton
        icon={ChevronUp}
        label={t('previousGloss')}
        small={isSmall}
        onClick={(event) => step(false, event.currentTarget)}
      />
      <IconButton
        icon={ChevronDown}
        label={t('nextGloss')}
        small={isSmall}
        onClick={(event) => step(true, event.currentTarget)}
      />
    </>
  );
}

/** The head of the margin, which stays in view while the text scrolls: how many notes, and the `tools` for them. */
export function MarginHead({
  display,
  filter,
  children,
}: {
  display: ReactNode;
  filter: ReactNode;
  children: ReactNode;
}) {
  const hasGroup = useReader(({ group }) => group !== null);
  return (
    <div className={styles.head}>
      <div className={styles.line}>
        <h2 className={styles.title}>
          <NoteCount />
        </h2>
        {hasGroup && <NextNote />}
        {display}
      </div>
      {children}
      {filter}
    </div>
  );
}

/** Whose notes are shown, or why none are, and what the reader may do here. */
export function MarginContext() {
  const t = useTranslations('annotation');
  const store = useReaderStore();
  const me = useReader((state) => state.me);
  const group = useReader((state) => state.group);
  if (me === undefined) return <p className={styles.quiet}>{t('loading')}</p>;
  if (me === null && group === null)
    return (
      <p className={styles.quiet}>
        {t('signedOut')} <a href={signInUrl()}>{t('signIn')}</a>
      </p>
    );
  if (group === null) return <p className={styles.quiet}>{t('noGroup')}</p>;
  const groups = me?.groups ?? [];
  return (
    <>
      {groups.length > 1 ? (
        <label className={styles.group}>
          <span className="visually-hidden">{t('groupLabel')}</span>
          <select value={group.slug} onChange={(event) => chooseGroup(store, event.target.value)}>
            {groups.some(({ slug }) => slug === group.slug) ? null : (
              <option value={group.slug}>{group.name}</option>
            )}
            {groups.map(({ slug, name }) => (
              <option key={slug} value={slug}>
                {name}
              </option>
            ))}
          </select>
        </label>
      ) : (
        <p className={styles.groupName}>{group.name}</p>
      )}
      <ReaderOnly />
    </>
  );
}

/** Tells those who may only read why nothing here lets them write. */
function ReaderOnly() {
  const t = useTranslations('annotation');
  const isKnown = useReader(({ me }) => me !== undefined);
  const me = useReader((state) => state.me);
  const canWrite = useReader(({ draftScope }) => draftScope !== null);
  if (!isKnown || canWrite) return null;
  return (
    <p className={styles.fact}>
      <Icon of={Eye} small />
      <span>
        {t(me ? 'readerOnly' : 'strangerOnly')} {!me && <a href={signInUrl()}>{t('signIn')}</a>}
      </span>
    </p>
  );
}

/** Says that notes are being loaded, could not be, or that there are none; and that the line is gone. */
export function LoadStatus() {
  const t = useTranslations('annotation');
  const isOnline = useOnline();
  return (
    <div className={styles.status}>
      {!isOnline && (
        <p className={styles.fact} role="status">
          <Icon of={WifiOff} small />
          {t('offline')}
        </p>
      )}
      <NotesStatus />
    </div>
  );
}

function NotesStatus() {
  const t = useTranslations('annotation');
  const hasGroup = useReader(({ group }) => group !== null);
  const status = useReader((state) => state.status);
  const isSearching = useReader((state) => state.isSearching);
  const count = useReader(countThreads);
  const hasAny = useReader(({ summaries }) => summaries.size > 0);
  const canWrite = useReader(({ draftScope }) => draftScope !== null);
  const isWriting = useReader(({ editor }) => editor !== null);
  if (!hasGroup) return null;
  if (status === 'failed') return <p role="alert">{t('loadFailed')}</p>;
  if (status === 'loading' || isSearching) return <p className={styles.quiet}>{t('loading')}</p>;
  if (count > 0 || isWriting) return null;
  return <p className={styles.quiet}>{t(hasAny ? 'noMatches' : canWrite ? 'emptyWriter' : 'emptyReader')}</p>;
}
