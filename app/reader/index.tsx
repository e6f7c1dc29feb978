'use client';
import { useCallback, useEffect, useMemo, useReducer, useState } from 'react';
import { createPortal } from 'react-dom';
import { lazy } from '@/app/_ui/lazy';
import { LazyImagePanel } from '@/app/reader/image/lazy-image-panel';
import { useCanvases } from '@/app/reader/state/use-canvases';
import { useViewMode } from '@/app/reader/state/view-mode';
import { useTranslations } from '@/lib/i18n/client';
import type { Locale } from '@/lib/i18n/locales';
import { canInGroup } from '@/lib/policy';
import { type ReaderContextValue as Context, ReaderContext } from './state/context';
import './text/highlights.css';
import { useMediaQuery } from '../_ui/use-media-query';
import type { DraftScope } from './data/editor-draft';
import { prefetchEditor } from './editor/lazy-editor';
import { BottomSheet } from './margin/bottom-sheet';
import { DensityStrip } from './margin/density-strip';
import { HighlightEffects } from './margin/highlight-effects';
import { ImageCard } from './margin/image-card';
import styles from './margin/margin.module.css';
import { MarginCards } from './margin/margin-cards';
import { MarginHeader, MarginNavigation } from './margin/margin-header';
import { ParagraphCounts } from './margin/paragraph-counts';
import { PrintThreads } from './margin/print-threads';
import { Toast, type ToastMessage } from './margin/toast';
import { UnanchoredThreads } from './margin/unanchored-threads';
import { HoverCount } from './select/hover-count';
import { MoveBar } from './select/move-bar';
import { SelectionToolbar } from './select/selection-toolbar';
import { useSelection } from './select/use-selection';
import { useShortcutSetting, useShortcuts } from './select/use-shortcuts';
import { type Hover, useTextPointer } from './select/use-text-pointer';
import { INITIAL_STATE, type PlacedThread, reduceReader } from './state/store';
import { useDeepLink } from './state/use-deep-link';
import { useSession } from './state/use-session';
import { useAllAnnotations, useSummaries } from './state/use-summaries';
import { useThreadLoader } from './state/use-thread-loader';
import { useThreadNavigation } from './state/use-thread-navigation';
import { useThreads } from './state/use-threads';
import { useUrlSync } from './state/use-url-sync';
import { useTextContainers } from './text/use-text-containers';
import { ViewportProvider } from './text/viewport-context';

const KeyboardMode = lazy(() => import('./select/keyboard-selection'));

/** Milliseconds that a message stays; longer where it offers a way back. */
const SHOWN = 6000;
const SHOWN_WITH_UNDO = 15_000;

/** The glossing layer of a reading page: over a text that is the same for everybody, what one group wrote on it. */
export function Reader({
  edition,
  section,
  revision,
  locale,
  illustrated,
}: {
  edition: string;
  section: string;
  /** The revision of the edition that the page shows. */
  revision: number;
  locale: Locale;
  /** Where the edition has page images: the printed page on which the section begins. */
  illustrated: { firstPage: string | null } | null;
}) {
  const t = useTranslations('annotation');
  const [state, dispatch] = useReducer(reduceReader, INITIAL_STATE);
  const [message, setMessage] = useState<ToastMessage | null>(null);
  const [hover, setHover] = useState<Hover | null>(null);
  const [keyboard, setKeyboard] = useState<{ from: HTMLElement | null } | null>(null);
  const [shortcuts, setShortcuts] = useShortcutSetting();
  const { view } = useViewMode();
  const wide = useMediaQuery(view === 'both' ? '(min-width: 80rem)' : '(min-width: 68rem)');
  const session = useSession();
  const { me, group } = session;
  const roots = useTextContainers(edition, section);
  const isDrawnOn = useMemo(() => {
    for (const { canvas } of state.notes.values()) if (canvas !== null) return true;
    return false;
  }, [state.notes]);
  const images = useCanvases(edition, illustrated !== null && (isDrawnOn || view !== 'text'));
  const threads = useThreads(state, roots, revision, images.items);
  const { placed, sections } = threads;
  const [chosen, letGo] = useSelection(roots);

  const [host, setHost] = useState<HTMLElement | null>(null);
  useEffect(() => setHost(document.getElementById('image')), []);

  const user = me?.id;
  const slug = group?.slug ?? null;
  const writes = user !== undefined && group !== null && canInGroup(group.role, 'write');
  const desk = useMemo<DraftScope | null>(
    () => (writes && user && slug ? { user, group: slug, edition, section } : null),
    [writes, user, slug, edition, section],
  );

  useEffect(() => {
    if (!writes) return;
    prefetchEditor();
    KeyboardMode.fetch();
  }, [writes]);
  useSummaries(slug, edition, section, roots, dispatch);
  const ask = useThreadLoader(slug, state.looks, state.along, dispatch);
  const at = { group: slug, edition, section };
  const reading = useAllAnnotations(at, state.filter.words, state.looks, roots, dispatch);
  useUrlSync(state);

  const say = useCallback((text: string, undo?: () => void) => setMessage({ text, undo }), []);
  useEffect(() => {
    if (!message) return;
    const timer = setTimeout(() => setMessage(null), message.undo ? SHOWN_WITH_UNDO : SHOWN);
    return () => clearTimeout(timer);
  }, [message]);

  const { opener, openThread, closeThread, pick, step, arrive } = useThreadNavigation(
    state,
    placed,
    roots,
    dispatch,
    say,
  );

  const startKeyboard = useCallback(
    (from?: HTMLElement) => {
      if (roots.size === 0) return;
      opener.current = from ?? (document.activeElement as HTMLElement | null);
      setKeyboard({ from: roots.get(section) ?? null });
    },
    [roots, section, opener],
  );

  function leaveKeyboard(): void {
    setKeyboard(null);
    // Where the words went to an editor, the focus is there by now.
    if (!document.activeElement || document.activeElement === document.body) opener.current?.focus();
  }

  useTextPointer(
    roots,
    sections,
    (found: PlacedThread[]) => pick([...new Set(found.map(({ root }) => root.id))], null),
    setHover,
  );
  useShortcuts(shortcuts, step, startKeyboard, closeThread);
  const missing = useCallback(() => say(t('annotationNotFound')), [say, t]);
  useDeepLink(state, roots, desk, dispatch, arrive, missing);

  const assignment =
    typeof window === 'undefined' ? null : new URLSearchParams(window.location.search).get('assignment');
  const context: Context = {
    ...{
      edition,
      section,
      revision,
      locale,
      state,
      dispatch,
      me: me ?? null,
      group,
      desk,
      assignment,
      roots,
    },
    ...threads,
    ...{ images: illustrated && images, ask, reading, say, openThread, closeThread },
  };
  const head = (
    <>
      <MarginNavigation onStep={step} onKeyboard={startKeyboard} />
      <MarginHeader session={session} shortcuts={shortcuts} onShortcuts={setShortcuts} />
    </>
  );
  return (
    <ReaderContext value={context}>
      <ViewportProvider roots={roots}>
        <aside className={styles.margin} aria-label={t('marginLabel')}>
          {roots.size === 0 ? null : wide ? (
            <>
              {head}
              <ImageCard alone={view === 'image'} />
              <UnanchoredThreads />
              {view !== 'image' && <MarginCards />}
            </>
          ) : (
            <BottomSheet head={head} />
          )}
          <PrintThreads />
        </aside>
        {host && illustrated && createPortal(<LazyImagePanel images={images} {...illustrated} />, host)}
        <HighlightEffects roots={roots} placed={placed} sections={sections} state={state} />
        <ParagraphCounts sections={sections} roots={roots} onOpen={pick} />
        <DensityStrip sections={sections} roots={roots} />
      </ViewportProvider>
      <HoverCount hover={hover} />
      {state.moving && <MoveBar moved={state.moving} onKeyboard={startKeyboard} />}
      {!keyboard && <SelectionToolbar chosen={chosen} onDismiss={letGo} />}
      {keyboard && <KeyboardMode from={keyboard.from} onLeave={leaveKeyboard} />}
      <Toast message={message} onGone={() => setMessage(null)} />
    </ReaderContext>
  );
}
