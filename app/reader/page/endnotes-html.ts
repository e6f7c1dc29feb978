import type { Section } from '@/lib/edition/schema';
import { element, type Html, join, joinAll, text } from './element-html';
import type { TextContext } from './render-context';
import { sectionHtmlInTurns } from './section-html';

/** The notes of a section below its text, each with a link back to its call; others get their turn in between. */
export async function endnotesHtml(
  context: TextContext,
  notes: Section[],
  giveTurn: () => Promise<void>,
): Promise<Html> {
  if (notes.length === 0) return join();
  const { t } = context;
  const items: Html[] = [];
  for (const note of notes) items.push(await noteHtml(context, note, giveTurn));
  return element(
    'section',
    { class: 'endnotes', role: 'doc-endnotes', 'aria-labelledby': 'notes' },
    element('h2', { id: 'notes' }, text(t('notes'))),
    joinAll(items),
  );
}

function noteHtml(context: TextContext, note: Section, giveTurn: () => Promise<void>): Promise<Html> {
  const label = note.label ?? '';
  return sectionHtmlInTurns(context, note, giveTurn, {
    before: element('span', { class: 'note-label', 'data-apparatus': true }, text(label)),
    after: element(
      'a',
      {
        class: 'back',
        role: 'doc-backlink',
        href: `#${note.id}.call`,
        'aria-label': context.t('noteBack', { label }),
        'data-apparatus': true,
      },
      text('↑'),
    ),
  });
}
