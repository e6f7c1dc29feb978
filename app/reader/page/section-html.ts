import { divisionsOf } from '@/lib/edition/contents';
import { nestContainers } from '@/lib/edition/nest-containers';
import type { Section } from '@/lib/edition/schema';
import { splitSection } from '@/lib/edition/split-runs';
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
  return containerHtml(section, [...blocksOf(context, section, around)]);
}

/** The same, in slices: `giveTurn` is awaited between two blocks (`createPacer`). */
export async function sectionHtmlInTurns(
  context: TextContext,
  section: Section,
  giveTurn: () => Promise<void>,
  around: Around = {},
): Promise<Html> {
  const blocks: Html[] = [];
  for (const block of blocksOf(context, section, around)) {
    blocks.push(block);
    await giveTurn();
  }
  return containerHtml(section, blocks);
}

function containerHtml(section: Section, blocks: Html[]): Html {
  const { id, paragraphs, language, direction } = section;
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
    ...blocks,
  );
}

/** The blocks of a container one by one; the first step alone, which parts the text, has none. */
function* blocksOf(context: TextContext, section: Section, around: Around): Generator<Html> {
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
    progress: { firstLevel: null, heading: 0, sharedLine: '', reference: null },
    language,
    direction,
  };
  const nodes = nestContainers(splitSection(section));
  yield join();
  for (const node of nodes) yield blocksHtml(inside, [node]);
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
