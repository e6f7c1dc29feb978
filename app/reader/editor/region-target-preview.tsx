'use client';
import { X } from 'lucide';
import { IconButton } from '@/app/_ui/button';
import type { Kind } from '@/lib/annotation/schema';
import { useTranslations } from '@/lib/i18n/client';
import { shortenLabel } from '../data/canvas-label';
import type { GlossTarget } from '../data/editor-draft';
import { useReader, useReaderStore } from '../state/use-reader';
import { RegionPicture } from './region-picture';
import styles from './region-target-preview.module.css';

/** The region of a page image that a gloss is being written on. */
export default function RegionTargetPreview({ purpose, kind }: { purpose: GlossTarget; kind: Kind }) {
  const t = useTranslations('image');
  const { dispatch } = useReaderStore();
  const { drawn, ...rest } = purpose;
  const canvas = useReader(({ canvases }) => canvases.items.find(({ id }) => id === drawn?.canvas));
  if (!drawn || !canvas) return null;
  return (
    <div className={styles.target}>
      <RegionPicture
        canvas={canvas}
        region={drawn.region}
        label={t('regionOf', { label: shortenLabel(canvas.label, t('pageShort')) })}
      />
      {purpose.target.start !== null && (
        <IconButton
          icon={X}
          small
          label={t('removeRegion')}
          onClick={() => dispatch({ type: 'openEditor', purpose: rest, kind })}
        />
      )}
    </div>
  );
}
