'use client';
import { Button } from '@/app/_ui/button';
import type { Annotation } from '@/lib/annotation/schema';
import type { CanvasView } from '@/lib/canvas/schema';
import { useTranslations } from '@/lib/i18n/client';
import type { PlacedRegion } from '@/lib/target/schema';
import { shortenLabel } from '../data/canvas-label';
import { RegionPicture } from '../editor/region-picture';
import { canvasUrl } from '../state/canvas-url';
import { useResolveAnchor } from '../state/use-mutation';
import { useReader, useReaderStore } from '../state/use-reader';
import { showCanvas } from '../state/view-mode';
import styles from './region-targets.module.css';

/** The regions of page images that an annotation is on: a picture of each, and a button that shows the image. */
export default function RegionTargets({ annotation }: { annotation: Annotation }) {
  return (
    <ul className={styles.targets}>
      {annotation.regions.map((region, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the regions of an annotation keep their order
        <li key={i}>
          <RegionTargetItem region={region} position={i} annotation={annotation} />
        </li>
      ))}
    </ul>
  );
}

function RegionTargetItem({
  region,
  position,
  annotation,
}: {
  region: PlacedRegion;
  position: number;
  annotation: Annotation;
}) {
  const t = useTranslations('image');
  const edition = useReader((state) => state.edition);
  const canvas = useReader(({ canvases }) => canvases.items.find(({ id }) => id === region.canvas));
  const isOnThisPage = useReader(({ containers }) => canvas && containers.has(canvas.section));
  const label = shortenLabel(region.label ?? region.canvas, t('pageShort'));
  const name = t('showOnImage', { label });
  if (!canvas || region.anchor === 'orphaned') {
    return (
      <>
        <p>{t('orphanedOn', { label })}</p>
        {annotation.can.includes('reanchor') && (
          <OrphanedRegion annotation={annotation} position={position} canvas={canvas} />
        )}
      </>
    );
  }
  const picture = <RegionPicture canvas={canvas} region={region} label={t('regionOf', { label })} />;
  if (!isOnThisPage) {
    return (
      <a href={`${canvasUrl(edition, canvas)}&annotation=${annotation.id}`}>
        {picture}
        {name}
      </a>
    );
  }
  return (
    <>
      {picture}
      <Button small data-shows={canvas.id} onClick={() => showCanvas(canvas.id)}>
        {name}
      </Button>
    </>
  );
}

/** What those who may can do with a region whose image was replaced. */
function OrphanedRegion({
  annotation,
  position,
  canvas,
}: {
  annotation: Annotation;
  position: number;
  canvas: CanvasView | undefined;
}) {
  const t = useTranslations('image');
  const { dispatch } = useReaderStore();
  const resolveAnchor = useResolveAnchor();
  const { x, y, w, h, svg, settled } = annotation.regions[position]!;
  const fits = canvas && x + w <= canvas.width && y + h <= canvas.height;

  function keep({ image }: CanvasView): void {
    const region = { x, y, w, h, svg };
    void resolveAnchor(annotation, { action: 'move', drawn: position, image: image.id, region });
  }

  function redraw({ id }: CanvasView): void {
    showCanvas(id);
    dispatch({ type: 'startMove', move: { annotation, position, isRegion: true } });
  }

  return (
    <div className={styles.actions}>
      {canvas && fits && (
        <Button small onClick={() => keep(canvas)}>
          {t('keepRegion')}
        </Button>
      )}
      {canvas && (
        <Button small onClick={() => redraw(canvas)}>
          {t('redrawRegion')}
        </Button>
      )}
      {!settled && (
        <Button small onClick={() => void resolveAnchor(annotation, { action: 'leave', drawn: position })}>
          {t('leaveOrphaned')}
        </Button>
      )}
    </div>
  );
}
