'use client';
import { useReader } from '@/app/reader/state/context';
import { useResolveAnchor } from '@/app/reader/state/use-resolve-anchor';
import type { Annotation, PlacedRegion } from '@/lib/annotation/schema';
import type { CanvasView } from '@/lib/canvas/schema';
import { useTranslations } from '@/lib/i18n/client';
import { shortenLabel } from '../data/canvas-label';
import { RegionPicture } from '../editor/region-picture';
import styles from '../image/image.module.css';
import { canvasUrl } from '../image/page-toolbar';
import { showCanvas } from '../state/view-mode';

/** The parts of page images that a note is on: what they look like, and the way to them. */
export default function RegionTargets({ note }: { note: Annotation }) {
  return (
    <ul className={styles.places}>
      {note.regions.map((region, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the regions of a note keep their order
        <li key={i}>
          <RegionTargetItem region={region} position={i} note={note} />
        </li>
      ))}
    </ul>
  );
}

function RegionTargetItem({
  region,
  position,
  note,
}: {
  region: PlacedRegion;
  position: number;
  note: Annotation;
}) {
  const t = useTranslations('image');
  const { images, edition, roots } = useReader();
  const canvas = images?.items.find(({ id }) => id === region.canvas);
  const label = shortenLabel(region.label ?? region.canvas);
  const name = t('showOnImage', { label });
  if (!canvas || region.anchor === 'orphaned') {
    return (
      <>
        <p>{t('orphanedOn', { label })}</p>
        {note.can.includes('reanchor') && <OrphanedRegion note={note} position={position} canvas={canvas} />}
      </>
    );
  }
  const picture = <RegionPicture canvas={canvas} region={region} label={t('regionOf', { label })} />;
  if (!roots.has(canvas.section)) {
    return (
      <a href={`${canvasUrl(edition, canvas)}&annotation=${note.id}`}>
        {picture}
        {name}
      </a>
    );
  }
  return (
    <>
      {picture}
      <button type="button" data-shows={canvas.id} onClick={() => showCanvas(canvas.id)}>
        {name}
      </button>
    </>
  );
}

/** For whoever may settle a region whose image was replaced: the ways to do so. */
function OrphanedRegion({
  note,
  position,
  canvas,
}: {
  note: Annotation;
  position: number;
  canvas: CanvasView | undefined;
}) {
  const t = useTranslations('image');
  const { dispatch } = useReader();
  const settle = useResolveAnchor();
  const { x, y, w, h, svg, settled } = note.regions[position]!;
  const fits = canvas && x + w <= canvas.width && y + h <= canvas.height;
  return (
    <div className={styles.hint}>
      {canvas && fits && (
        <button
          type="button"
          onClick={() =>
            void settle(note, {
              ...{ action: 'move', drawn: position, image: canvas.image.id },
              region: { x, y, w, h, svg },
            })
          }
        >
          {t('keepRegion')}
        </button>
      )}
      {canvas && (
        <button
          type="button"
          onClick={() => {
            showCanvas(canvas.id);
            dispatch({ type: 'move', moved: { note, passage: position, isDrawn: true } });
          }}
        >
          {t('redrawRegion')}
        </button>
      )}
      {!settled && (
        <button type="button" onClick={() => void settle(note, { action: 'leave', drawn: position })}>
          {t('leaveOrphaned')}
        </button>
      )}
    </div>
  );
}
