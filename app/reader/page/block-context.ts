import type { NestedBlock } from '@/lib/edition/nest-containers';
import type { Direction } from '@/lib/edition/schema';
import type { ParagraphRuns } from '@/lib/edition/split-runs';
import type { Steps } from '@/lib/kernel/steps';
import type { Html } from './element-html';
import type { TextContext } from './render-context';

/** What the blocks of one section are written with. */
export type BlockContext = {
  context: TextContext;
  /** What stands in the first and in the last paragraph, outside the text, by the paragraph's id. */
  before: ReadonlyMap<string, Html>;
  after: ReadonlyMap<string, Html>;
  /** Whether heads here are of the page's outline: those of a note are not. */
  isOutline: boolean;
  /** Whether paragraphs of prose are cited by references, and not by their numbers. */
  isCited: boolean;
  progress: SectionProgress;
  /** Of what encloses the blocks. */
  language: string;
  direction: Direction;
};

/** What is counted over the blocks of a section. */
export type SectionProgress = {
  /** The level of the first heading, and that of the latest in HTML: none may be skipped. */
  firstLevel: number | null;
  heading: number;
  /** What speakers before said of a verse line that they share. */
  sharedLine: string;
  /** Empty cells in its tables. */
  emptyCells: number;
  /** The latest reference in the margin. */
  reference: string | null;
};

export type BlockNode = NestedBlock<ParagraphRuns>;
export type ContainerNode = Extract<BlockNode, { type: 'container' }>;

export type BlockAttributes = Record<string, string | number | null | undefined>;

/** Writes blocks inside lists and tables, whose modules must not import the one that imports them. */
export type BlockWriter = {
  blocks: (around: BlockContext, nodes: BlockNode[]) => Steps<Html>;
  /** `name` is the element of the paragraph, where what encloses it decides that. */
  paragraph: (
    around: BlockContext,
    block: ParagraphRuns,
    name?: string,
    more?: BlockAttributes,
  ) => Steps<Html>;
};
