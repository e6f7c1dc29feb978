'use client';
import { useEffect, useMemo } from 'react';
import { acceptsTargets } from '@/app/reader/data/editor-draft';
import { isTombstone } from '@/app/reader/data/threads';
import { useReader } from '@/app/reader/state/context';
import type { MoveRequest } from '@/app/reader/state/store';
import { useResolveAnchor } from '@/app/reader/state/use-resolve-anchor';
import { plainText } from '@/app/reader/thread/thread-card';
import type { Annotation } from '@/lib/annotation/schema';
import type { CanvasView, Region } from '@/lib/canvas/schema';
import { useTranslations } from '@/lib/i18n/client';
import { loadCanvasAnnotations } from '../data/canvas-api';
import type { RegionAnnotations } from './canvas-viewer';
import type { ListedRegion } from './region-list';

/** Letters of a note that stand in the list. */
const EXCERPT = 120;

/** What the glossing layer has on a page image, and what drawing on it does there. */
export function useRegionAnnotations(canvas: CanvasView | undefined): RegionAnnotations {
  const t = useTranslations('image');
  const glossing = useTranslations('annotation');
  const { state, drawn, group, desk, ask, dispatch, openThread, say } = useReader();
  const { texts, active, editor, moving } = state;
  const settle = useResolveAnchor();
  const id = canvas?.id;
  useAnnotationsOfPreviousSection(canvas);

  const roots = useMemo(
    () => drawn.flatMap(([root]) => (root && root.canvas === id ? [root.id] : [])),
    [drawn, id],
  );
  useEffect(() => ask(roots), [ask, roots]);

  const regions = useMemo<ListedRegion[]>(() => {
    const found = roots.flatMap((root) => {
      const note = texts.get(root);
      return note ? regionsOf(note, id, note.id === active) : [];
    });
    found.sort((a, b) => a.y - b.y || a.x - b.x);
    return found.map(({ note, ...region }, i) => ({
      ...region,
      label: String(i + 1),
      author: isTombstone(note) ? '' : note.author.name,
      words: isTombstone(note)
        ? glossing(note.state === 'deleted' ? 'tombstone_deleted' : 'tombstone_hidden')
        : plainText(note.html).slice(0, EXCERPT),
    }));
  }, [roots, texts, id, active, glossing]);

  const purpose = editor?.purpose;
  const draft = purpose?.what === 'gloss' && purpose.drawn?.canvas === id ? purpose.drawn : undefined;

  async function drawAnew({ note, passage }: MoveRequest, region: Region, image: string): Promise<void> {
    const settled = await settle(note, { action: 'move', drawn: passage, region, image });
    if (!settled) return;
    dispatch({ type: 'moved' });
    openThread(settled.root, undefined, settled.id);
  }

  function write(region: Region): void {
    if (!canvas) return;
    if (moving?.isDrawn) {
      void drawAnew(moving, region, canvas.image.id);
      return;
    }
    const before = purpose && acceptsTargets(purpose) ? purpose : null;
    const name = before?.drawn?.name ?? Date.now().toString(36);
    const next = { name, canvas: canvas.id, image: canvas.image.id, region };
    const target = { section: canvas.section, start: null, end: null, exact: '' };
    dispatch({
      type: 'write',
      purpose: { ...(before ?? { what: 'gloss', target }), drawn: next },
      ...(editor && before && { kind: editor.kind }),
    });
    if (before && !before.drawn) say(t('regionAdded'));
  }

  return {
    regions: group === null ? null : regions,
    canDraw: desk !== null,
    draft: draft?.region ?? null,
    onDrawn: write,
    onChanged: write,
    onSelect: (region, from) => {
      const root = rootOf(region);
      openThread(root, from, from ? root : undefined);
    },
  };
}

/** The page on which a text begins may belong to the one before, and what is written on its image with it. */
function useAnnotationsOfPreviousSection(canvas: CanvasView | undefined): void {
  const { group, roots, state, dispatch } = useReader();
  const slug = group?.slug;
  const isElsewhere = canvas !== undefined && roots.size > 0 && !roots.has(canvas.section);
  const { status, looks } = state;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was read may have changed by another look
  useEffect(() => {
    if (!canvas || !isElsewhere || slug === undefined || status !== 'ready') return;
    const stop = new AbortController();
    loadCanvasAnnotations(slug, canvas, stop.signal)
      .then((notes) => dispatch({ type: 'read', notes }))
      .catch(() => {
        if (!stop.signal.aborted) dispatch({ type: 'failed' });
      });
    return () => stop.abort();
  }, [canvas, isElsewhere, slug, status, looks, dispatch]);
}

/** The regions of a note on one canvas; each has the note's id, further ones with their number. */
function regionsOf(note: Annotation, canvas: string | undefined, isSelected: boolean) {
  return note.regions.flatMap(({ x, y, w, h, svg, anchor, canvas: at }, i) => {
    if (at !== canvas) return [];
    const look: ListedRegion['look'] = anchor === 'orphaned' ? 'orphaned' : note.mine ? 'own' : 'other';
    return [{ ...{ x, y, w, h, svg, look, isSelected, note }, id: i === 0 ? note.id : `${note.id}/${i}` }];
  });
}

function rootOf(region: string): string {
  return region.split('/')[0]!;
}
