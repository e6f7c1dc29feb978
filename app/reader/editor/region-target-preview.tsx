'use client';
import type { EditorTarget } from '@/app/reader/data/editor-draft';
import { useReader } from '@/app/reader/state/context';
import type { Kind } from '@/lib/annotation/schema';
import { useTranslations } from '@/lib/i18n/client';
import { shortenLabel } from '../data/canvas-label';
import styles from '../image/image.module.css';
import { RegionPicture } from './region-picture';

/** The part of a page image that a gloss is being written on. */
export default function RegionTargetPreview({
  purpose,
  kind,
}: {
  purpose: EditorTarget & { what: 'gloss' };
  kind: Kind;
}) {
  const t = useTranslations('image');
  const { images, dispatch } = useReader();
  const { drawn, ...rest } = purpose;
  const canvas = images?.items.find(({ id }) => id === drawn?.canvas);
  if (!drawn || !canvas) return null;
  return (
    <div className={styles.target}>
      <RegionPicture
        canvas={canvas}
        region={drawn.region}
        label={t('regionOf', { label: shortenLabel(canvas.label) })}
      />
      {purpose.target.start !== null && (
        <button
          type="button"
          aria-label={t('removeRegion')}
          title={t('removeRegion')}
          onClick={() => dispatch({ type: 'write', purpose: rest, kind })}
        >
          <span aria-hidden="true">×</span>
        </button>
      )}
    </div>
  );
}
