'use client';
import { useCallback, useEffect, useMemo, useReducer, useState } from 'react';
import { createPortal } from 'react-dom';
import { late } from '@/app/_ui/lazy';
import { ImageSide } from '@/app/reader/image/lazy-image-panel';
import { useCanvases } from '@/app/reader/state/use-canvases';
import { useShowing } from '@/app/reader/state/view-mode';
import { useTranslations } from '@/lib/i18n/client';
import type { Locale } from '@/lib/i18n/locales';
import { type Glossing as Context, GlossingContext } from './state/context';
import './text/highlights.css';
import { useMedia } from '../_ui/use-media-query';
import type { Desk } from './data/editor-draft';
import { fetchEditor } from './editor/lazy-editor';
import { Sheet } from './margin/bottom-sheet';
import { HeatStrip } from './margin/density-strip';
import { Painting } from './margin/highlight-effects';
import { ImageCard } from './margin/image-card';
import styles from './margin/margin.module.css';
import { MarginStack } from './margin/margin-cards';
import { MarginBar, MarginHead } from './margin/margin-header';
import { ParagraphCounts } from './margin/paragraph-counts';
import { PrintedThreads } from './margin/print-threads';
import { type Message, Toast } from './margin/toast';
import { MarginRest } from './margin/unanchored-threads';
import { HoverCount } from './select/hover-count';
import { MovingBar } from './select/move-bar';
import { SelectionToolbar } from './select/selection-toolbar';
import { useSelection } from './select/use-selection';
import { useShortcutSetting, useShortcuts } from './select/use-shortcuts';
import { type Hover, usePointer } from './select/use-text-pointer';
import { EMPTY, type Placed, reduceGloss } from './state/store';
import { useArrival } from './state/use-deep-link';
import { useSession } from './state/use-session';
import { useAllTexts, useNotes } from './state/use-summaries';
import { useTexts } from './state/use-thread-loader';
import { useOpening } from './state/use-thread-navigation';
import { useThreads } from './state/use-threads';
import { useAddress } from './state/use-url-sync';
import { useRoots } from './text/use-text-containers';
import { WindowBand } from './text/viewport-context';

const KeyboardMode = late(() => import('./select/keyboard-selection'));

/** Milliseconds that a message stays; longer where it offers a way back. */
const SHOWN = 6000;
const SHOWN_WITH_UNDO = 15_000;

/** The glossing layer of a reading page: over a text that is the same for everybody, what one group wrote on it. */
export function Glossing({
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
  const t = useTranslations('glossing');
  const [state, dispatch] = useReducer(reduceGloss, EMPTY);
  const [message, setMessage] = useState<Message | null>(null);
  const [hover, setHover] = useState<Hover | null>(null);
  const [keyboard, setKeyboard] = useState<{ from: HTMLElement | null } | null>(null);
  const [shortcuts, setShortcuts] = useShortcutSetting();
  const { view } = useShowing();
  const wide = useMedia(view === 'both' ? '(min-width: 80rem)' : '(min-width: 68rem)');
  const session = useSession();
  const { me, group } = session;
  const roots = useRoots(edition, section);
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
  const writes = user !== undefined && group !== null && group.role !== 'reader';
  const desk = useMemo<Desk | null>(
    () => (writes && user && slug ? { user, group: slug, edition, section } : null),
    [writes, user, slug, edition, section],
  );

  useEffect(() => {
    if (!writes) return;
    fetchEditor();
    KeyboardMode.fetch();
  }, [writes]);
  useNotes(slug, edition, section, roots, dispatch);
  const ask = useTexts(slug, state.looks, state.along, dispatch);
  const at = { group: slug, edition, section };
  const reading = useAllTexts(at, state.filter.words, state.looks, roots, dispatch);
  useAddress(state);

  const say = useCallback((text: string, undo?: () => void) => setMessage({ text, undo }), []);
  useEffect(() => {
    if (!message) return;
    const timer = setTimeout(() => setMessage(null), message.undo ? SHOWN_WITH_UNDO : SHOWN);
    return () => clearTimeout(timer);
  }, [message]);

  const { opener, openThread, closeThread, pick, step, arrive } = useOpening(
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

  usePointer(
    roots,
    sections,
    (found: Placed[]) => pick([...new Set(found.map(({ root }) => root.id))], null),
    setHover,
  );
  useShortcuts(shortcuts, step, startKeyboard, closeThread);
  const missing = useCallback(() => say(t('notHere')), [say, t]);
  useArrival(state, roots, desk, dispatch, arrive, missing);

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
      <MarginBar onStep={step} onKeyboard={startKeyboard} />
      <MarginHead session={session} shortcuts={shortcuts} onShortcuts={setShortcuts} />
    </>
  );
  return (
    <GlossingContext value={context}>
      <WindowBand roots={roots}>
        <aside className={styles.margin} aria-label={t('marginLabel')}>
          {roots.size === 0 ? null : wide ? (
            <>
              {head}
              <ImageCard alone={view === 'image'} />
              <MarginRest />
              {view !== 'image' && <MarginStack />}
            </>
          ) : (
            <Sheet head={head} />
          )}
          <PrintedThreads />
        </aside>
        {host && illustrated && createPortal(<ImageSide images={images} {...illustrated} />, host)}
        <Painting roots={roots} placed={placed} sections={sections} state={state} />
        <ParagraphCounts sections={sections} roots={roots} onOpen={pick} />
        <HeatStrip sections={sections} roots={roots} />
      </WindowBand>
      <HoverCount hover={hover} />
      {state.moving && <MovingBar moved={state.moving} onKeyboard={startKeyboard} />}
      {!keyboard && <SelectionToolbar chosen={chosen} onDismiss={letGo} />}
      {keyboard && <KeyboardMode from={keyboard.from} onLeave={leaveKeyboard} />}
      <Toast message={message} onGone={() => setMessage(null)} />
    </GlossingContext>
  );
}
