'use client';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useReader } from '@/app/reader/state/context';
import type { CanvasView } from '@/lib/canvas/schema';
import { useTranslations } from '@/lib/i18n/client';
import { shortenLabel } from '../data/canvas-label';
import { canvasOf, initialCanvas } from '../data/canvas-lookup';
import type { CanvasList } from '../state/use-canvases';
import { showCanvas, useViewMode } from '../state/view-mode';
import { CanvasViewer } from './canvas-viewer';
import styles from './image.module.css';
import { PageToolbar } from './page-toolbar';
import { useRegionAnnotations } from './use-region-annotations';
import { currentPage, scrollToPage, useScrollSync } from './use-scroll-sync';

/** The image of the page that is being read, beside its text or alone. */
export default function ImagePanel({
  images: { status, items, retry },
  firstPage,
}: {
  images: CanvasList;
  /** The printed page on which the section begins. */
  firstPage: string | null;
}) {
  const t = useTranslations('image');
  const { view, canvas: asked } = useViewMode();
  const { edition, section } = useReader();
  // A page that is read and has no image.
  const [bare, setBare] = useState<string | null>(null);
  const arrived = useRef(false);
  const canvas = items.find(({ id }) => id === asked);
  const work = useRegionAnnotations(canvas);
  useWhatIsOpen();

  useEffect(() => {
    if (status !== 'ready' || arrived.current) return;
    arrived.current = true;
    if (!canvas) {
      const page = currentPage(firstPage);
      const first = initialCanvas(items, section, page);
      if (first) showCanvas(first.id);
      else setBare(page);
    } else if (comesForTheImage() && canvas.page !== null) scrollToPage(canvas.page);
  }, [status, items, canvas, section, firstPage]);

  const onPage = useCallback(
    (page: string | null) => {
      const next = canvasOf(items, page);
      setBare(next ? null : page);
      if (next) showCanvas(next.id);
    },
    [items],
  );
  useScrollSync(view === 'both' && status === 'ready', firstPage, onPage);
  useAddressOf(canvas?.id ?? null);

  const turnTo = useCallback(
    (next: CanvasView) => {
      setBare(null);
      showCanvas(next.id);
      if (view === 'both' && next.page !== null) scrollToPage(next.page);
    },
    [view],
  );

  const Heading = view === 'image' ? 'h1' : 'h2';
  const place = { edition, section, firstPage, canvases: items, current: canvas };
  return (
    <section className={styles.pane} aria-label={t('paneLabel')}>
      <Heading className="visually-hidden">
        {canvas ? t('imageOf', { label: shortenLabel(canvas.label) }) : t('paneLabel')}
      </Heading>
      {status === 'loading' && <p className={styles.message}>{t('loading')}</p>}
      {status === 'failed' && (
        <div className={styles.message} role="alert">
          <p>{t('listFailed')}</p>
          <button type="button" onClick={retry}>
            {t('retry')}
          </button>
        </div>
      )}
      {status === 'ready' && (bare !== null || !canvas) && (
        <>
          <PageToolbar {...place} onTurn={turnTo} />
          <p className={styles.message}>{t('noImage', { page: bare ?? '' })}</p>
        </>
      )}
      {status === 'ready' && bare === null && canvas && (
        <CanvasViewer {...place} canvas={canvas} work={work} onTurn={turnTo} />
      )}
    </section>
  );
}

/** Shows the image of the thread that is opened, and of the gloss that is begun. */
function useWhatIsOpen(): void {
  const { drawn, state } = useReader();
  const purpose = state.editor?.purpose;
  const written = purpose?.what === 'gloss' ? purpose.drawn : undefined;
  const opened = drawn.find(([root]) => root!.id === state.active)?.[0];
  const canvas = written?.canvas ?? opened?.canvas ?? null;
  const what = written?.name ?? opened?.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each thing that is opened
  useEffect(() => {
    if (canvas !== null) showCanvas(canvas);
  }, [canvas, what]);
}

/** Whether the address names an image and no place of the text. */
function comesForTheImage(): boolean {
  const { searchParams, hash } = new URL(window.location.href);
  return hash === '' && searchParams.has('canvas') && !searchParams.has('c');
}

/** The shown canvas stands in the address, so that a reload or a copied address shows it again. */
function useAddressOf(canvas: string | null): void {
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
