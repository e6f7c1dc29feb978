import type { Annotation } from '@/lib/annotation/schema';
import type { Key } from '@/lib/i18n/catalogues';
import type { Translate } from '@/lib/i18n/translate';
import { shortenLabel } from '../data/canvas-label';

/** Names the page image that an annotation is on; undefined for one on no image. */
export function imageLabel(
  { regions: [region] }: Annotation,
  t: Translate<Key<'annotation'>>,
): string | undefined {
  return region && t('onImage', { label: shortenLabel(region.label ?? region.canvas, t('pageShort')) });
}
