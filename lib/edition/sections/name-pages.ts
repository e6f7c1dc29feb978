import type { BodyState, DivisionNode } from '../tei/body-state';
import type { createIds } from './assign-ids';
import type { PageCut } from './paginate';

/** A page with its id, and the divisions that begin on it. */
export type NamedPage = PageCut & {
  id: string;
  /** The divisions that begin on it, outermost first of those that begin together. */
  begins: DivisionNode[];
  /** The division that it is named by; of a page that goes on, the innermost one around its beginning. */
  division: DivisionNode | null;
  part: number;
};

/** Gives each page its id and the division that it is named by. */
export function namePages(cuts: PageCut[], body: BodyState, ids: ReturnType<typeof createIds>): NamedPage[] {
  const { blocks } = body.flow;
  const inOrder: DivisionNode[] = [];
  const list = (divisions: readonly DivisionNode[]): void => {
    for (const division of divisions) {
      if (division.from < division.to) inOrder.push(division);
      list(division.children);
    }
  };
  list(body.divisions);
  let next = 0;
  const parts = new Map<DivisionNode | null, number>();
  const open: DivisionNode[] = [];
  const pages = cuts.map((cut): Omit<NamedPage, 'id'> => {
    const begins: DivisionNode[] = [];
    while (open.length > 0 && (open.at(-1) as DivisionNode).to <= cut.from) open.pop();
    const around = open.at(-1) ?? null;
    for (let division = inOrder[next]; division && division.from < cut.to; division = inOrder[++next]) {
      begins.push(division);
      while (open.length > 0 && (open.at(-1) as DivisionNode).to <= division.from) open.pop();
      open.push(division);
    }
    const first = begins[0];
    const isNamed = first !== undefined && (first.from === cut.from || around === null);
    const division = isNamed ? first : around;
    const part = isNamed ? 1 : (parts.get(division) ?? 1) + 1;
    parts.set(division, part);
    if (division === null) parts.set(null, part);
    return { ...cut, begins, division, part: division === null && parts.size === 1 && part === 2 ? 1 : part };
  });
  return ids.pages(pages, blocks);
}
