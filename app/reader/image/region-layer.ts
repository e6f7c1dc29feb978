import '@recogito/annotorious-openseadragon/dist/annotorious.min.css';
import './region-layer.css';
import makeAnnotorious from '@recogito/annotorious-openseadragon';
import type { CanvasClickEvent, Viewer } from 'openseadragon';
import type { Region } from '@/lib/canvas/schema';
import { type ImageSize, nextRegionAt, readSelector, selectorOn } from '../data/region-geometry';
import { enablePinchZoom } from './pinch-zoom';

export type DrawingTool = 'rectangle' | 'polygon';

/** A region as it is shown, labelled with its number on the page. The `draft` can be moved and resized. */
export interface ShownRegion extends Region {
  id: string;
  label: string;
  look: 'own' | 'other' | 'orphaned' | 'draft';
  isSelected: boolean;
}

/** Shows regions on an image and draws new ones. The only interface to Annotorious. */
export interface RegionLayer {
  /** Shows these regions in place of the earlier ones. */
  setRegions(regions: readonly ShownRegion[]): void;
  startDrawing(tool: DrawingTool): void;
  /** Closes the polygon that is being drawn. */
  finish(): void;
  /** Stops drawing. */
  cancel(): void;
  /** Removes the layer. Further calls do nothing. */
  destroy(): void;
}

export interface RegionHandlers {
  /** A region was drawn, in canvas units, which ends drawing. */
  onDrawn(region: Region): void;
  /** The draft was moved or resized. */
  onChanged(region: Region): void;
  /** A region was clicked; where several overlap, each click selects the next. */
  onSelect(id: string): void;
}

/** Milliseconds until Annotorious has replaced a selected shape by one with handles. */
const SETTLED = 4;
/** Milliseconds within which the click that ended a drawing may still arrive. */
const AFTER_DRAWING = 400;

/** Mounts a region layer over the image that `viewer` has open; `canvas` gives the size of its canvas in units. */
export function mountRegions(viewer: Viewer, canvas: () => ImageSize, handlers: RegionHandlers): RegionLayer {
  let shown = new Map<string, ShownRegion>();
  let waiting: readonly ShownRegion[] | null = null;
  let tool: DrawingTool | null = null;
  let given = false;
  let isSettling = false;
  let isGone = false;
  let settling: ReturnType<typeof setTimeout> | undefined;
  let corner: { x: number; y: number } | null = null;
  let ended = 0;

  const anno = makeAnnotorious(viewer, {
    disableEditor: true,
    disableSelect: true,
    disableDeleteKey: true,
    drawOnSingleClick: true,
    // The default is Shift, which resizes here; this key exists on no keyboard.
    hotkey: { key: 'none' },
    handleRadius: 9,
    formatter: ({ id }) => {
      const region = shown.get(id);
      if (!region) return { className: '' };
      const mark = region.isSelected ? ' region-selected' : '';
      return { className: `region-${region.look}${mark}`, element: labelOf(region.label) };
    },
  });

  const imageSize = (): ImageSize => {
    const { x, y } = viewer.world.getItemAt(0).source.dimensions;
    return { width: x, height: y };
  };

  function draw(region: ShownRegion): void {
    anno.addAnnotation({
      '@context': 'http://www.w3.org/ns/anno.jsonld',
      ...{ type: 'Annotation', id: region.id, body: [] },
      target: { selector: selectorOn(region, imageSize(), canvas()) },
      readOnly: region.look !== 'draft',
    });
  }

  function setRegions(regions: readonly ShownRegion[]): void {
    if (isGone) return;
    // A change of the regions now would cancel a drawing, or find a shape that is half replaced.
    if (tool || isSettling) {
      waiting = regions;
      return;
    }
    const before = shown;
    shown = new Map(regions.map((region) => [region.id, region]));
    for (const [id, region] of before) if (!isSame(region, shown.get(id))) anno.removeAnnotation(id);
    for (const [id, region] of shown) if (!isSame(region, before.get(id))) draw(region);
    const draft = draftOf(shown);
    // Only a selected shape has handles.
    if (draft && !isSame(draft, before.get(draft.id))) {
      anno.selectAnnotation(draft.id);
      isSettling = true;
      settling = setTimeout(settle, SETTLED);
    } else if (!draft && draftOf(before)) void anno.cancelSelected();
  }

  function settle(): void {
    isSettling = false;
    const next = waiting;
    waiting = null;
    if (next) setRegions(next);
  }

  function stopDrawing(): void {
    tool = null;
    ended = performance.now();
    anno.setDrawingEnabled(false);
    if (!isSettling) settle();
  }

  anno.on('startSelection', () => {
    given = false;
  });
  anno.on('createSelection', ({ target }) => {
    const drawn = given || !tool ? null : readSelector(target.selector.value, imageSize(), canvas());
    void anno.cancelSelected().then(() => {
      if (tool && !drawn) start(tool);
      else stopDrawing();
      if (drawn) handlers.onDrawn(drawn);
    });
  });
  anno.on('changeSelectionTarget', ({ selector }) => {
    const draft = draftOf(shown);
    const region = draft && readSelector(selector.value, imageSize(), canvas());
    if (!draft || !region) return;
    // Annotorious shows it already.
    shown.set(draft.id, { ...draft, ...region });
    handlers.onChanged(region);
  });

  function onClick(event: CanvasClickEvent): void {
    if (tool || !event.quick || performance.now() - ended < AFTER_DRAWING) return;
    const at = viewer.viewport.viewerElementToImageCoordinates(event.position);
    const [image, units] = [imageSize(), canvas()];
    const point = { x: (at.x * units.width) / image.width, y: (at.y * units.height) / image.height };
    const regions = [...shown.values()].filter(({ look }) => look !== 'draft');
    const next = nextRegionAt(regions, point, regions.find(({ isSelected }) => isSelected)?.id ?? null);
    if (!next) return;
    event.preventDefaultAction = true;
    handlers.onSelect(next.id);
  }
  function onDoubleClick(event: { preventDefaultAction?: boolean }): void {
    if (tool || performance.now() - ended < AFTER_DRAWING) event.preventDefaultAction = true;
  }
  viewer.addHandler('canvas-click', onClick);
  viewer.addHandler('canvas-double-click', onDoubleClick);

  /** Discards an unfinished drawing, and stays ready to draw. */
  function discardDrawing(): void {
    given = true;
    if (tool === 'polygon') start(tool);
    // Annotorious ends a rectangle cleanly only when the button is released.
    else document.dispatchEvent(new MouseEvent('mouseup', { button: 0 }));
  }
  const stopZooming = enablePinchZoom(viewer, () => tool !== null, discardDrawing);

  function onPress({ pointerType, target, clientX, clientY }: PointerEvent): void {
    if (!tool) return;
    // Annotorious begins no shape with a click over a region, so it must not know that the pointer is over one.
    viewer.canvas.dispatchEvent(new MouseEvent('mouseleave'));
    // A tap is not preceded by a move; Annotorious puts a corner where it saw the pointer last.
    if (tool !== 'polygon' || pointerType !== 'touch') return;
    target?.dispatchEvent(new MouseEvent('mousemove', { bubbles: true, clientX, clientY }));
  }
  viewer.element.addEventListener('pointerdown', onPress, true);

  function keepCorner({ clientX, clientY }: PointerEvent): void {
    corner = { x: clientX, y: clientY };
  }
  viewer.element.addEventListener('pointerup', keepCorner, true);

  // Annotorious's own Escape leaks listeners; `cancel` is used instead.
  function keepEscape(event: KeyboardEvent): void {
    if (event.key === 'Escape' && tool) event.stopPropagation();
  }
  window.addEventListener('keyup', keepEscape, true);

  function start(next: DrawingTool): void {
    tool = next;
    given = false;
    corner = null;
    void anno.cancelSelected();
    anno.setDrawingTool(next === 'polygon' ? 'polygon' : 'rect');
    anno.setDrawingEnabled(true);
  }

  function destroy(): void {
    if (isGone) return;
    isGone = true;
    stopZooming();
    clearTimeout(settling);
    viewer.element.removeEventListener('pointerdown', onPress, true);
    viewer.element.removeEventListener('pointerup', keepCorner, true);
    window.removeEventListener('keyup', keepEscape, true);
    viewer.removeHandler('canvas-click', onClick);
    viewer.removeHandler('canvas-double-click', onDoubleClick);
    anno.destroy();
  }

  return {
    setRegions,
    startDrawing: start,
    finish() {
      if (tool !== 'polygon' || !corner) return;
      // Annotorious adds the pointer's position as a last corner, and the pointer is on a button by now.
      const at = { bubbles: true, clientX: corner.x, clientY: corner.y };
      viewer.element.querySelector('.a9s-annotationlayer')?.dispatchEvent(new MouseEvent('mousemove', at));
      document.dispatchEvent(new MouseEvent('dblclick'));
    },
    cancel() {
      if (!tool || isGone) return;
      discardDrawing();
      anno.setDrawingTool('rect');
      stopDrawing();
    },
    destroy,
  };
}

function draftOf(shown: ReadonlyMap<string, ShownRegion>): ShownRegion | undefined {
  return [...shown.values()].find(({ look }) => look === 'draft');
}

function isSame(region: ShownRegion, before: ShownRegion | undefined): boolean {
  if (!before) return false;
  const keys = ['x', 'y', 'w', 'h', 'svg', 'label', 'look', 'isSelected'] as const;
  return keys.every((key) => region[key] === before[key]);
}

/** The number in the corner of a region, which identifies it without relying on colour. */
function labelOf(label: string): SVGElement {
  const make = (name: string) => document.createElementNS('http://www.w3.org/2000/svg', name);
  const group = make('g');
  const ground = make('rect');
  const text = make('text');
  const width = 12 + label.length * 8;
  for (const [name, value] of Object.entries({ width, height: 20, rx: 3 }))
    ground.setAttribute(name, String(value));
  text.setAttribute('x', String(width / 2));
  text.setAttribute('y', '15');
  text.textContent = label;
  group.setAttribute('class', 'region-label');
  // Outside the corner, so that it covers nothing of the region.
  group.setAttribute('transform', 'translate(-2, -18)');
  group.append(ground, text);
  return group;
}
