import { pageRange } from '@/lib/edition/citation';
import { type ContentsEntry, contentsOf, hrefOfEntry, sectionName } from '@/lib/edition/contents';
import type { SectionSummary } from '@/lib/edition/schema';
import { element, type Html, text } from './element-html';
import type { PageContext } from './render-context';

/** Up to so many entries all are open, with their first words. */
const FEW = 40;
/** Entries on one page, at most: some 200 kB of HTML. Deeper levels are on the pages of their parts. */
const MOST = 1500;
/** Of a long row of parts so many are in one fold. */
const GROUP = 100;

/** The contents of an edition as nested lists that fold without a script. */
export function contentsHtml(context: PageContext): Html {
  const { edition } = context;
  const { roots, entries } = contentsOf(edition);
  const summaries = new Map(edition.sections.map((section) => [section.id, section]));
  const depth = deepestShown(entries);
  return listHtml(roots);

  function listHtml(siblings: ContentsEntry[]): Html {
    if (siblings.length <= 2 * GROUP) return element('ol', {}, ...siblings.map(entryHtml));
    const groups = Array.from({ length: Math.ceil(siblings.length / GROUP) }, (_, i) =>
      siblings.slice(i * GROUP, (i + 1) * GROUP),
    );
    return element('ol', {}, ...groups.map(groupHtml));
  }

  /** A part of a long row; where there are too many, only a link to its first. */
  function groupHtml(group: ContentsEntry[]): Html {
    const [first, last] = [group[0] as ContentsEntry, group.at(-1) as ContentsEntry];
    const name = text(`${nameOf(first)} – ${nameOf(last)}`);
    if (entries.length > MOST && siblingsOf(first).length > MOST)
      return element('li', {}, element('a', { href: hrefOfEntry(edition.slug, first) }, name));
    return element(
      'li',
      {},
      element('details', {}, element('summary', {}, name), element('ol', {}, ...group.map(entryHtml))),
    );
  }

  function siblingsOf({ parent }: ContentsEntry): ContentsEntry[] {
    return parent?.children ?? roots;
  }

  function entryHtml(entry: ContentsEntry): Html {
    const { children, size, depth: level } = entry;
    const summary = entry.isPageStart ? summaries.get(entry.section) : undefined;
    const isFew = entries.length <= FEW;
    return element(
      'li',
      {},
      element(
        'a',
        { href: hrefOfEntry(edition.slug, entry) },
        text(sectionName(entry.title, edition, context.t('section')) || entry.id),
      ),
      entry.reference !== null &&
        entry.reference !== entry.title &&
        entry.reference !== entry.section &&
        element('span', { class: 'reference' }, text(entry.reference)),
      isFew && summary !== undefined && factsHtml(context, summary),
      children.length > 0 &&
        (level < depth
          ? element(
              'details',
              { open: isFew },
              element('summary', {}, text(context.t('parts', { count: size }))),
              listHtml(children),
            )
          : element('p', { class: 'hint' }, text(context.t('parts', { count: size })))),
    );
  }
}

function nameOf({ title, reference, id }: ContentsEntry): string {
  return reference ?? (title || id);
}

/** The depth down to which there are not too many entries. */
function deepestShown(entries: ContentsEntry[]): number {
  const counts: number[] = [];
  for (const { depth } of entries) counts[depth] = (counts[depth] ?? 0) + 1;
  let sum = 0;
  const tooMany = counts.findIndex((count) => {
    sum += count;
    return sum > MOST;
  });
  return tooMany === -1 ? counts.length : Math.max(0, tooMany - 1);
}

function factsHtml({ edition, t }: PageContext, section: SectionSummary): Html {
  const range = pageRange(edition, section);
  const facts = [
    range && t('pages', { count: range.includes('–') ? 2 : 1, range }),
    section.prose > 0 && t('paragraphs', { count: section.prose }),
    section.notes > 0 && t('noteCount', { count: section.notes }),
  ];
  return element(
    'div',
    {},
    section.opening !== '' &&
      element('p', { class: 'opening', lang: section.language, dir: 'auto' }, text(section.opening)),
    element('p', { class: 'hint', dir: 'auto' }, text(facts.filter(Boolean).join(' · '))),
  );
}
