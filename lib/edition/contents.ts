import type { Division, Edition, SectionSummary } from './schema';

/**
 * What a section is called for people: its title; `mainText` where it has that of the whole edition, which says nothing
 * beside it. An edition that was renamed keeps the title of its header in its text.
 */
export function sectionName(
  title: string,
  edition: { title: string; header?: Edition['header'] },
  mainText: string,
): string {
  const { header } = edition;
  return [edition.title, header?.title, header?.source.title].includes(title) ? mainText : title;
}

/** A division in the contents: what is at `id` on the page of `section`. */
export type ContentsEntry = {
  id: string;
  title: string;
  reference: string | null;
  section: string;
  /** Whether it is where its page begins. */
  isPageStart: boolean;
  parent: ContentsEntry | null;
  children: ContentsEntry[];
  /** How many entries are below it, at any depth. */
  size: number;
  depth: number;
};

/** The contents of an edition as a tree, in document order. */
export type Contents = {
  roots: ContentsEntry[];
  /** All entries, each after its parent. */
  entries: ContentsEntry[];
  /** The entries on the page of a section; each section has one at least. */
  bySection: ReadonlyMap<string, ContentsEntry[]>;
};

const trees = new WeakMap<SectionSummary[], Contents>();

/**
 * The tree of an edition's divisions. A section that begins within a division has an entry too, because it is a page.
 * Made once for an edition: callers must not change it.
 */
export function contentsOf({ sections, divisions }: Pick<Edition, 'sections' | 'divisions'>): Contents {
  const known = trees.get(sections);
  if (known) return known;
  const byId = new Map<string, ContentsEntry>();
  const bySection = new Map<string, ContentsEntry[]>();
  const entries: ContentsEntry[] = [];
  const roots: ContentsEntry[] = [];

  function add(
    parent: ContentsEntry | null,
    entry: Pick<ContentsEntry, 'id' | 'title' | 'reference' | 'section' | 'isPageStart'>,
  ): void {
    const added = { ...entry, parent, children: [], size: 0, depth: parent ? parent.depth + 1 : 0 };
    (parent?.children ?? roots).push(added);
    entries.push(added);
    byId.set(entry.id, added);
    bySection.get(entry.section)?.push(added);
  }
  for (const { id, title, reference, parent } of sections) {
    bySection.set(id, []);
    const here = divisionsOf({ divisions }, id);
    if (here[0]?.start !== 0) {
      const above = parent === null ? null : (byId.get(parent) ?? bySection.get(parent)?.[0] ?? null);
      add(above, { id, title, reference, section: id, isPageStart: true });
    }
    for (const [i, division] of here.entries()) {
      const above = division.parent === null ? null : (byId.get(division.parent) ?? null);
      add(above, { ...division, isPageStart: i === 0 && division.start === 0 });
    }
  }
  for (const { parent, size } of entries.toReversed()) if (parent) parent.size += size + 1;
  const contents = { roots, entries, bySection };
  trees.set(sections, contents);
  return contents;
}

const divisionIndexes = new WeakMap<Division[], Map<string, Division[]>>();

/** The divisions that begin in a section, in order. */
export function divisionsOf({ divisions }: Pick<Edition, 'divisions'>, section: string): Division[] {
  let index = divisionIndexes.get(divisions);
  if (!index) {
    index = new Map();
    for (const division of divisions) {
      const here = index.get(division.section);
      if (here) here.push(division);
      else index.set(division.section, [division]);
    }
    divisionIndexes.set(divisions, index);
  }
  return index.get(section) ?? [];
}

/** The entries above one, outermost first. */
export function ancestorsOf({ parent }: ContentsEntry): ContentsEntry[] {
  const above: ContentsEntry[] = [];
  for (let entry = parent; entry; entry = entry.parent) above.unshift(entry);
  return above;
}

/** An entry of a part of the contents, with those of its children that are shown. */
export type ShownEntry = { entry: ContentsEntry; children: ShownEntry[] };

/** On the level of a page so many entries before and after it are shown. */
const AROUND = 3;
/** Of the divisions of a page so many are shown. */
const MOST_HERE = 60;

/**
 * The contents around a section: the entries above it, some before and after it on its level, and those on its page.
 */
export function neighbourhoodOf({ roots, bySection }: Contents, section: string): ShownEntry[] {
  const here = bySection.get(section) ?? [];
  const [first] = here;
  if (!first) return [];
  const onPage = new Set(here.slice(0, MOST_HERE));
  const siblings = first.parent?.children ?? roots;
  const from = siblings.indexOf(first);
  const to = siblings.findLastIndex((entry) => onPage.has(entry));
  const below = (entry: ContentsEntry): ShownEntry => ({
    entry,
    children: entry.children.filter((child) => onPage.has(child)).map(below),
  });
  const level = siblings.slice(Math.max(0, from - AROUND), to + AROUND + 1).map(below);
  return ancestorsOf(first).reduceRight((children, entry) => [{ entry, children }], level);
}

/** The whole contents in the same shape. */
export function wholeContents({ roots }: Contents): ShownEntry[] {
  const shown = (entry: ContentsEntry): ShownEntry => ({ entry, children: entry.children.map(shown) });
  return roots.map(shown);
}

/** The address of an entry; on the page of section `from` that of its element. */
export function hrefOfEntry(
  slug: string,
  { id, section, isPageStart }: ContentsEntry,
  from?: string,
): string {
  const page = section === from ? '' : `/editions/${slug}/${section}`;
  return isPageStart && section !== from ? page : `${page}#${id}`;
}
