'use client';
import { useEffect, useMemo } from 'react';
import { toast } from '@/app/_ui/toast';
import type { Annotation } from '@/lib/annotation/schema';
import type { CanvasView, Region } from '@/lib/canvas/schema';
import { useTranslations } from '@/lib/i18n/client';
import { isTombstone } from '../data/annotation-summary';
import { loadCanvasAnnotations } from '../data/canvases';
import { acceptsTargets } from '../data/editor-draft';
import { openThread } from '../state/navigation';
import type { MoveRequest } from '../state/reducer';
import { useResolveAnchor } from '../state/use-mutation';
import { useReader, useReaderStore } from '../state/use-reader';
import { useRequestThreads } from '../state/use-request-threads';
import { plainText } from '../thread/plain-text';
import type { RegionAnnotations } from './canvas-viewer';
import type { ListedRegion } from './region-list';

/** Length of an excerpt in the list of regions, in UTF-16 units. */
const EXCERPT = 120;

/** The annotated regions of a page image, and what drawing and selecting on it do. */
export function useRegionAnnotations(canvas: CanvasView | undefined): RegionAnnotations {
  const t = useTranslations('image');
  const store = useReaderStore();
  const purpose = useReader(({ editor }) => editor?.purpose);
  const hasGroup = useReader(({ group }) => group !== null);
  const canDraw = useReader(({ draftScope }) => draftScope !== null);
  const resolveAnchor = useResolveAnchor();
  const id = canvas?.id;
  useAnnotationsOfPreviousSection(canvas);
  const regions = useRegions(id);
  const draft = purpose?.what === 'gloss' && purpose.drawn?.canvas === id ? purpose.drawn : undefined;

  async function redraw(move: MoveRequest, region: Region, image: string): Promise<void> {
    const { annotation, position } = move;
    const moved = await resolveAnchor(annotation, { action: 'move', drawn: position, region, image });
    if (!moved) return;
    store.dispatch({ type: 'cancelMove' });
    openThread(store, moved.root, undefined, moved.id);
  }

  function annotate(region: Region): void {
    if (!canvas) return;
    const { move, editor } = store.getState();
    if (move?.isRegion) {
      void redraw(move, region, canvas.image.id);
      return;
    }
    const before = editor && acceptsTargets(editor.purpose) ? editor.purpose : null;
    const name = before?.drawn?.name ?? Date.now().toString(36);
    const drawn = { name, canvas: canvas.id, image: canvas.image.id, region };
    const target = { section: canvas.section, start: null, end: null, exact: '' };
    store.dispatch({
      type: 'openEditor',
      purpose: { ...(before ?? { what: 'gloss', target }), drawn },
      ...(editor && before && { kind: editor.kind }),
    });
    if (before && !before.drawn) toast(t('regionAdded'));
  }

  return {
    regions: hasGroup ? regions : null,
    canDraw,
    draft: draft?.region ?? null,
    onDrawn: annotate,
    onChanged: annotate,
    onSelect: (region, from) => {
      const root = rootOf(region);
      openThread(store, root, from, from ? root : undefined);
    },
  };
}

/** The annotated regions of a canvas from top to bottom, with their numbers. */
function useRegions(canvas: string | undefined): ListedRegion[] {
  const t = useTranslations('annotation');
  const onImages = useReader(({ threads }) => threads.onImages);
  const annotations = useReader((state) => state.annotations);
  const active = useReader((state) => state.active);
  const roots = useMemo(
    () => onImages.flatMap(([root]) => (root && root.canvas === canvas ? [root.id] : [])),
    [onImages, canvas],
  );
  useRequestThreads(roots);
  return useMemo(() => {
    const found = roots.flatMap((root) => {
      const annotation = annotations.get(root);
      return annotation ? regionsOf(annotation, canvas, annotation.id === active) : [];
    });
    found.sort((a, b) => a.y - b.y || a.x - b.x);
    return found.map(({ annotation, ...region }, i) => ({
      ...region,
      label: String(i + 1),
      author: isTombstone(annotation) ? '' : annotation.author.name,
      words: isTombstone(annotation)
        ? t(annotation.state === 'deleted' ? 'tombstone_deleted' : 'tombstone_hidden')
        : plainText(annotation.html).slice(0, EXCERPT),
    }));
  }, [roots, annotations, canvas, active, t]);
}

/** Loads annotations of the page on which the text begins, where that page belongs to the section before. */
function useAnnotationsOfPreviousSection(canvas: CanvasView | undefined): void {
  const store = useReaderStore();
  const group = useReader((state) => state.group?.slug);
  const containers = useReader((state) => state.containers);
  const status = useReader((state) => state.status);
  const refreshCount = useReader((state) => state.refreshCount);
  const isElsewhere = canvas !== undefined && containers.size > 0 && !containers.has(canvas.section);
  // biome-ignore lint/correctness/useExhaustiveDependencies: after a refresh they are loaded again
  useEffect(() => {
    if (!canvas || !isElsewhere || group === undefined || status !== 'ready') return;
    const abort = new AbortController();
    loadCanvasAnnotations(group, canvas, abort.signal)
      .then((annotations) => store.dispatch({ type: 'annotationsLoaded', annotations }))
      .catch(() => abort.signal.aborted || store.dispatch({ type: 'failed' }));
    return () => abort.abort();
  }, [canvas, isElsewhere, group, status, refreshCount, store]);
}

/** The regions of an annotation on one canvas; the first has the annotation's id, further ones also a number. */
function regionsOf(annotation: Annotation, canvas: string | undefined, isSelected: boolean) {
  return annotation.regions.flatMap(({ x, y, w, h, svg, anchor, canvas: own }, i) => {
    if (own !== canvas) return [];
    const look: ListedRegion['look'] = anchor === 'orphaned' ? 'orphaned' : annotation.mine ? 'own' : 'other';
    const id = i === 0 ? annotation.id : `${annotation.id}/${i}`;
    return [{ x, y, w, h, svg, look, isSelected, annotation, id }];
  });
}

function rootOf(region: string): string {
  return region.split('/')[0]!;
}
