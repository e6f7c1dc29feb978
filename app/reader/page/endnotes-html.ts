import type { Section } from '@/lib/edition/schema';
import { element, type Html, join, text } from './element-html';
import type { TextContext } from './render-context';
import { sectionHtml } from './section-html';

/** The notes of a section below its text, each with a link back to its call. */
export function endnotesHtml(context: TextContext, notes: Section[]): Html {
  if (notes.length === 0) return join();
  const { t } = context;
  return element(
    'section',
    { class: 'endnotes', role: 'doc-endnotes', 'aria-labelledby': 'notes' },
    element('h2', { id: 'notes' }, text(t('notes'))),
    ...notes.map((note) => {
      const label = note.label ?? '';
      return sectionHtml(context, note, {
        before: element('span', { class: 'note-label', 'data-apparatus': true }, text(label)),
        after: element(
          'a',
          {
            class: 'back',
            role: 'doc-backlink',
            href: `#${note.id}.call`,
            'aria-label': t('noteBack', { label }),
            'data-apparatus': true,
          },
          text('↑'),
        ),
      });
    }),
  );
}
