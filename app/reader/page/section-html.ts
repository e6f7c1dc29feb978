import { divisionsOf } from '@/lib/edition/contents';
import { nestContainers } from '@/lib/edition/nest-containers';
import type { Section } from '@/lib/edition/schema';
import { splitSection } from '@/lib/edition/split-runs';
import { blocksHtml } from './block-html';
import { element, type Html, join } from './element-html';
import type { TextContext } from './render-context';

/**
 * A text container: the canonical text of a section or a note in its paragraphs. `before` and `after` are written at
 * the beginning of the first and the end of the last paragraph, outside the text.
 */
export function sectionHtml(
  context: TextContext,
  section: Section,
  around: { before?: Html; after?: Html } = {},
): Html {
  const { id, paragraphs, language, direction } = section;
  const hasOwnId = paragraphs.some((paragraph) => paragraph.id === id);
  const [first, last] = [paragraphs[0], paragraphs.at(-1)];
  const before = anchorsOf(context, section);
  if (first && around.before) before.set(first.id, join(before.get(first.id) ?? null, around.before));
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
    blocksHtml(
      {
        context,
        before,
        after: new Map(last && around.after ? [[last.id, around.after]] : []),
        isOutline: section.kind === 'section',
        isCited: paragraphs.some(({ kind, reference }) => kind === 'p' && reference !== null),
        progress: { firstLevel: null, heading: 0, sharedLine: '', reference: null },
        language,
        direction,
      },
      nestContainers(splitSection(section)),
    ),
  );
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
