import '@recogito/annotorious-openseadragon/dist/annotorious.min.css';
import './region-layer.css';
import makeAnnotorious from '@recogito/annotorious-openseadragon';
import type { CanvasClickEvent, Viewer } from 'openseadragon';
import type { Region } from '@/lib/canvas/schema';
import { type ImageSize, nextRegionAt, readSelector, selectorOn } from '../data/region-geometry';
import { enablePinchZoom } from './pinch-zoom';

export type DrawingTool = 'rectangle' | 'polygon';

/** A region as it is shown: with its number among those of the page. The `draft` can be moved and sized by hand. */
export interface ShownRegion extends Region {
  id: string;
  label: string;
  look: 'own' | 'other' | 'orphaned' | 'draft';
  isSelected: boolean;
}

/** Regions on an image, and the drawing of new ones: all that we know of the library that does it. */
export interface RegionLayer {
  /** What is to be seen, instead of what was before. */
  setRegions(regions: readonly ShownRegion[]): void;
  startDrawing(tool: DrawingTool): void;
  /** Close the polygon that is being drawn. */
  finish(): void;
  /** Leave off drawing. */
  cancel(): void;
  /** Take everything off again, once. */
  destroy(): void;
}

export interface RegionHandlers {
  /** A region was drawn, in the units of the canvas. Drawing is over. */
  onDrawn(region: Region): void;
  /** The draft was moved or sized. */
  onChanged(region: Region): void;
  /** A region was clicked; of several at one place each click gives the next. */
  onSelect(id: string): void;
}

/** Milliseconds after which the library has put a shape with handles in the place of another. */
const SETTLED = 4;
/** Milliseconds in which the click that ended a drawing still comes. */
const AFTER_DRAWING = 400;

/** Lays regions over the image that `viewer` has open, whose canvas is `canvas` units large. */
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
    // Shift draws by default; it sizes in ours, so a key that no keyboard has.
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
    // A change of what is shown would break off what is being drawn, or meet a shape half replaced.
    if (tool || isSettling) {
      waiting = regions;
      return;
    }
    const before = shown;
    shown = new Map(regions.map((region) => [region.id, region]));
    for (const [id, region] of before) if (!isSame(region, shown.get(id))) anno.removeAnnotation(id);
    for (const [id, region] of shown) if (!isSame(region, before.get(id))) draw(region);
    const draft = draftOf(shown);
    // Its handles come with being selected.
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
    // It is drawn so already.
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

  /** Drops what is half drawn, and stays ready to draw. */
  function giveUp(): void {
    given = true;
    if (tool === 'polygon') start(tool);
    // Letting go of the button is the library's only clean way out of a rectangle.
    else document.dispatchEvent(new MouseEvent('mouseup', { button: 0 }));
  }
  const stopZooming = enablePinchZoom(viewer, () => tool !== null, giveUp);

  function onPress({ pointerType, target, clientX, clientY }: PointerEvent): void {
    if (!tool) return;
    // Over a region the library would not begin another with a click: it shall forget what it is over.
    viewer.canvas.dispatchEvent(new MouseEvent('mouseleave'));
    // A finger does not move to where it taps; the library puts a corner where it saw the pointer last.
    if (tool !== 'polygon' || pointerType !== 'touch') return;
    target?.dispatchEvent(new MouseEvent('mousemove', { bubbles: true, clientX, clientY }));
  }
  viewer.element.addEventListener('pointerdown', onPress, true);

  function keepCorner({ clientX, clientY }: PointerEvent): void {
    corner = { x: clientX, y: clientY };
  }
  viewer.element.addEventListener('pointerup', keepCorner, true);

  // The library's own Escape leaves listeners behind; ours is `cancel`.
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
      // The library takes where the pointer is for one corner more: that is on some button by now.
      const at = { bubbles: true, clientX: corner.x, clientY: corner.y };
      viewer.element.querySelector('.a9s-annotationlayer')?.dispatchEvent(new MouseEvent('mousemove', at));
      document.dispatchEvent(new MouseEvent('dblclick'));
    },
    cancel() {
      if (!tool || isGone) return;
      giveUp();
      anno.setDrawingTool('rect');
      stopDrawing();
    },
    destroy,
  };
}

function draftOf(shown: ReadonlyMap<string, ShownRegion>): ShownRegion | undefined {
  return [...shown.values()].find(({ look }) => look === 'draft');
}

function isSame(one: ShownRegion, other: ShownRegion | undefined): boolean {
  if (!other) return false;
  const keys = ['x', 'y', 'w', 'h', 'svg', 'label', 'look', 'isSelected'] as const;
  return keys.every((key) => one[key] === other[key]);
}

/** The number in the corner of a region, which tells it from others without its colour. */
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
  // Over the corner, beside what the region is around.
  group.setAttribute('transform', 'translate(-2, -18)');
  group.append(ground, text);
  return group;
}
