'use client';
import { useCallback, useEffect, useRef } from 'react';
import type { CanvasView } from '@/lib/canvas/schema';
import { useTranslations } from '@/lib/i18n/client';
import { shortenLabel } from '../data/canvas-label';
import { canvasOf, initialCanvas } from '../data/canvas-lookup';
import { loadPageImages } from '../state/use-page-images';
import { useReader, useReaderStore } from '../state/use-reader';
import { showCanvas, showPageWithoutImage, useViewMode } from '../state/view-mode';
import { CanvasViewer } from './canvas-viewer';
import styles from './image.module.css';
import { PageToolbar } from './page-toolbar';
import { useRegionAnnotations } from './use-region-annotations';
import { currentPage, scrollToPage, useScrollSync } from './use-scroll-sync';

/** The image of the page that is being read, beside its text or alone. */
export default function ImagePanel({
  firstPage,
}: {
  /** The printed page on which the section begins. */
  firstPage: string | null;
}) {
  const t = useTranslations('image');
  const store = useReaderStore();
  const { mode, canvas: chosen, bare } = useViewMode();
  const edition = useReader((state) => state.edition);
  const section = useReader((state) => state.section);
  const { status, items } = useReader((state) => state.canvases);
  const hasArrived = useRef(false);
  const canvas = items.find(({ id }) => id === chosen);
  const annotations = useRegionAnnotations(canvas);
  useShownTarget();

  useEffect(() => {
    if (status !== 'ready' || hasArrived.current) return;
    hasArrived.current = true;
    if (!canvas) {
      const page = currentPage(firstPage);
      const first = initialCanvas(items, section, page);
      if (first) showCanvas(first.id);
      else showPageWithoutImage(page);
    } else if (addressNamesImage() && canvas.page !== null) scrollToPage(canvas.page);
  }, [status, items, canvas, section, firstPage]);

  const onPage = useCallback(
    (page: string | null) => {
      const next = canvasOf(items, page);
      if (next) showCanvas(next.id);
      else showPageWithoutImage(page);
    },
    [items],
  );
  // Another section, and the images opened anew, begin with the image that was chosen.
  useEffect(() => () => showPageWithoutImage(null), []);
  const isHeld = useReader(({ move }) => move?.isRegion === true);
  useScrollSync({ follows: mode === 'both' && status === 'ready', isHeld }, firstPage, onPage);
  useCanvasInAddress(canvas?.id ?? null);

  const turnTo = useCallback(
    (next: CanvasView) => {
      showCanvas(next.id);
      if (mode === 'both' && next.page !== null) scrollToPage(next.page);
    },
    [mode],
  );

  const Heading = mode === 'image' ? 'h1' : 'h2';
  const position = { edition, section, firstPage, canvases: items, current: canvas };
  return (
    <section className={styles.pane} aria-label={t('paneLabel')}>
      <Heading className="visually-hidden">
        {canvas ? t('imageOf', { label: shortenLabel(canvas.label, t('pageShort')) }) : t('paneLabel')}
      </Heading>
      {status === 'loading' && <p className={styles.message}>{t('loading')}</p>}
      {status === 'failed' && (
        <div className={styles.message} role="alert">
          <p>{t('listFailed')}</p>
          <button type="button" onClick={() => loadPageImages(store)}>
            {t('retry')}
          </button>
        </div>
      )}
      {status === 'ready' && (bare !== null || !canvas) && (
        <>
          <PageToolbar {...position} onTurn={turnTo} />
          <p className={styles.message}>{t('noImage', { page: bare ?? '' })}</p>
        </>
      )}
      {status === 'ready' && bare === null && canvas && (
        <CanvasViewer {...position} canvas={canvas} annotations={annotations} onTurn={turnTo} />
      )}
    </section>
  );
}

/** Shows the image of the thread that is opened, and of the gloss that is begun. */
function useShownTarget(): void {
  const written = useReader(({ editor }) =>
    editor?.purpose.what === 'gloss' ? editor.purpose.drawn : undefined,
  );
  const opened = useReader(
    ({ threads, active }) => threads.onImages.find(([root]) => root!.id === active)?.[0],
  );
  const canvas = written?.canvas ?? opened?.canvas ?? null;
  const target = written?.name ?? opened?.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each target, not with each of its changes
  useEffect(() => {
    if (canvas !== null) showCanvas(canvas);
  }, [canvas, target]);
}

/** Whether the address names an image and no passage of the text. */
function addressNamesImage(): boolean {
  const { searchParams, hash } = new URL(window.location.href);
  return hash === '' && searchParams.has('canvas') && !searchParams.has('c');
}

/** Keeps the shown canvas in the address, so that a reload or a copied address shows it again. */
function useCanvasInAddress(canvas: string | null): void {
  useEffect(() => {
    if (canvas === null) return;
    nameCanvas(canvas);
    return () => nameCanvas(null);
  }, [canvas]);
}

function nameCanvas(id: string | null): void {
  const url = new URL(window.location.href);
  if (id === null) url.searchParams.delete('canvas');
  else url.searchParams.set('canvas', id);
  window.history.replaceState(null, '', url);
}
