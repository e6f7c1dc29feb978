import { escapeHtml } from '@/lib/kernel/escape-html';

/** A text as HTML that shows it letter for letter: paragraphs at empty lines, a break at each other line end. */
export function plainTextHtml(text: string): string {
  return text
    .split(/\n{2,}/)
    .filter((paragraph) => paragraph.trim() !== '')
    .map((paragraph) => `<p>${escapeHtml(paragraph).replaceAll('\n', '<br>\n')}</p>`)
    .join('\n');
}
