import type { BlockLayout } from './layout';

/** A range of the document around what is seen, in pixels, with the layout of the page. */
export interface ViewportRange {
  top: number;
  bottom: number;
  layout: PageLayout;
}

/** A cached layout: read once when it may have changed, to avoid forced reflows while the page is drawn. */
export interface PageLayout {
  /** The blocks of each section's text. */
  sections: ReadonlyMap<string, BlockLayout>;
  /** Width and height of the view, and the height of the whole document. */
  width: number;
  height: number;
  extent: number;
}

export const EMPTY_VIEWPORT: ViewportRange = {
  top: 0,
  bottom: 0,
  layout: { sections: new Map(), width: 0, height: 0, extent: 0 },
};
