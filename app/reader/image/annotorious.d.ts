/** The part of Annotorious 2 that is used here; the package has no types. */
declare module '@recogito/annotorious-openseadragon' {
  import type { Viewer } from 'openseadragon';

  interface Target {
    selector: { type: string; value: string };
  }

  interface Shape {
    '@context'?: string;
    type: 'Annotation' | 'Selection';
    id?: string;
    body?: unknown[];
    target: Target;
    /** Whether the shape cannot be moved or resized. */
    readOnly?: boolean;
  }

  interface Config {
    disableEditor?: boolean;
    disableSelect?: boolean;
    disableDeleteKey?: boolean;
    drawOnSingleClick?: boolean;
    handleRadius?: number;
    /** The key that starts drawing while it is held down. */
    hotkey?: { key: string };
    /** The CSS classes of a shape, and an SVG element beside it. */
    formatter?: (annotation: { id: string }) => { className: string; element?: SVGElement };
  }

  interface Annotorious {
    addAnnotation(shape: Shape): void;
    removeAnnotation(id: string): void;
    selectAnnotation(id: string): unknown;
    cancelSelected(): Promise<void>;
    setDrawingTool(tool: 'rect' | 'polygon'): void;
    setDrawingEnabled(enabled: boolean): void;
    on(event: 'startSelection' | 'endSelection', handle: () => void): void;
    on(event: 'createSelection', handle: (selection: Shape) => void): void;
    on(event: 'changeSelectionTarget', handle: (target: Target) => void): void;
    destroy(): void;
  }

  export default function makeAnnotorious(viewer: Viewer, config: Config): Annotorious;
}
