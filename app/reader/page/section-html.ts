import { divisionsOf } from '@/lib/edition/contents';
import { nestContainers } from '@/lib/edition/nest-containers';
import type { Section } from '@/lib/edition/schema';
import { splitSection } from '@/lib/edition/split-runs';
import { runAtOnce, runInTurns, type Steps } from '@/lib/kernel/steps';
import type { BlockContext } from './block-context';
import { blocksHtml } from './block-html';
import { element, type Html, join } from './element-html';
import type { TextContext } from './render-context';

/** What is written around a container's text, outside of it. */
type Around = { before?: Html; after?: Html };

/**
 * A text container: the canonical text of a section or a note in its paragraphs. `before` and `after` are written at
 * the beginning of the first and the end of the last paragraph, outside the text.
 */
export function sectionHtml(context: TextContext, section: Section, around: Around = {}): Html {
  return runAtOnce(sectionInSteps(context, section, around));
}

/** The same, in slices: `giveTurn` is awaited every few pieces (`createPacer`). */
export function sectionHtmlInTurns(
  context: TextContext,
  section: Section,
  giveTurn: () => Promise<void>,
  around: Around = {},
): Promise<Html> {
  return runInTurns(sectionInSteps(context, section, around), giveTurn);
}

function* sectionInSteps(context: TextContext, section: Section, around: Around): Steps<Html> {
  const { id, paragraphs, language, direction } = section;
  const blocks = yield* blocksOf(context, section, around);
  const hasOwnId = paragraphs.some((paragraph) => paragraph.id === id);
  return element(
    'div',
    {
      class: 'text',
      id: hasOwnId ? null : id,
      'data-section': id,
      'data-edition': section.edition,
      'data-revision': section.revision,
      lang: language,
      dir: direction,
    },
    blocks,
  );
}

function* blocksOf(context: TextContext, section: Section, around: Around): Steps<Html> {
  const { paragraphs, language, direction } = section;
  const [first, last] = [paragraphs[0], paragraphs.at(-1)];
  const before = anchorsOf(context, section);
  if (first && around.before) before.set(first.id, join(before.get(first.id) ?? null, around.before));
  const inside: BlockContext = {
    context,
    before,
    after: new Map(last && around.after ? [[last.id, around.after]] : []),
    isOutline: section.kind === 'section',
    isCited: paragraphs.some(({ kind, reference }) => kind === 'p' && reference !== null),
    progress: { firstLevel: null, heading: 0, sharedLine: '', emptyCells: 0, reference: null },
    language,
    direction,
  };
  return yield* blocksHtml(inside, nestContainers(yield* splitSection(section)));
}

/** Ids of divisions that no other element has, at the beginning of the paragraphs where they begin. */
function anchorsOf({ edition }: TextContext, { id, paragraphs, spans }: Section): Map<string, Html> {
  const anchors = new Map<string, Html>();
  const taken = new Set([
    id,
    ...paragraphs.map((paragraph) => paragraph.id),
    ...spans.map((span) => span.id),
  ]);
  let at = 0;
  for (const division of divisionsOf(edition, id)) {
    if (taken.has(division.id)) continue;
    while (at < paragraphs.length - 1 && (paragraphs[at]?.end ?? 0) < division.start) at++;
    const paragraph = paragraphs[at];
    if (!paragraph) continue;
    const anchor = element('span', { id: division.id, 'data-apparatus': true });
    anchors.set(paragraph.id, join(anchors.get(paragraph.id) ?? null, anchor));
  }
  return anchors;
}
