import type { Arbitrary } from 'fast-check';
import { fc } from '../../support/seeded-fast-check';

/** A generated document, which the tests write in each format and find again in the TEI. */
export type Run = { words: string[]; style: 'plain' | 'italic' | 'bold'; note?: string[] };
export type Block =
  | { kind: 'heading'; level: number; words: string[] }
  | { kind: 'paragraph'; runs: Run[] }
  | { kind: 'list'; isOrdered: boolean; items: string[][] }
  | { kind: 'table'; rows: string[][][] }
  | { kind: 'quote'; runs: Run[] }
  | { kind: 'verse'; lines: string[][] };
export type Story = Block[];

const ALPHABETS = ['abcdefghijklmnop', 'абвгдежзиклмнопрст', 'ăâîșțbcdefu', 'αβγδεζηθικλμν', 'ابتثجحخد'];
/** Words that no format takes for anything else: of letters, and long enough to be no number of a chapter. */
const word: Arbitrary<string> = fc
  .tuple(fc.constantFrom(...ALPHABETS), fc.array(fc.nat(), { minLength: 4, maxLength: 9 }))
  .map(([letters, picks]) => picks.map((pick) => [...letters][pick % [...letters].length]).join(''));
const words = fc.array(word, { minLength: 1, maxLength: 6 });
const run: Arbitrary<Run> = fc.record(
  { words, style: fc.constantFrom('plain', 'plain', 'italic', 'bold'), note: words },
  { requiredKeys: ['words', 'style'] },
);
const runs = fc.array(run, { minLength: 1, maxLength: 4 });

const block: Arbitrary<Block> = fc.oneof(
  fc.record({ kind: fc.constant('heading' as const), level: fc.integer({ min: 1, max: 4 }), words }),
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('paragraph' as const), runs }) },
  fc.record({
    kind: fc.constant('list' as const),
    isOrdered: fc.boolean(),
    items: fc.array(words, { minLength: 1, maxLength: 4 }),
  }),
  fc.record({
    kind: fc.constant('table' as const),
    rows: fc
      .integer({ min: 1, max: 3 })
      .chain((columns) =>
        fc.array(fc.array(words, { minLength: columns, maxLength: columns }), { minLength: 2, maxLength: 4 }),
      ),
  }),
  fc.record({ kind: fc.constant('quote' as const), runs }),
  fc.record({
    kind: fc.constant('verse' as const),
    lines: fc.array(words, { minLength: 2, maxLength: 4 }),
  }),
);

export const story: Arbitrary<Story> = fc.array(block, { minLength: 1, maxLength: 10 });

/** The words that the TEI of a story must have: in order, and note by note. */
export function expectedWords(blocks: Story): { flow: string[]; notes: string[] } {
  const notes: string[] = [];
  const flow = blocks.flatMap((part): string[] => {
    if (part.kind === 'heading') return part.words;
    if (part.kind === 'list') return part.items.flat();
    if (part.kind === 'table') return part.rows.flat(2);
    if (part.kind === 'verse') return part.lines.flat();
    return part.runs.flatMap((each) => {
      if (each.note) notes.push(each.note.join(' '));
      return each.words;
    });
  });
  return { flow, notes };
}

/** How a format writes the parts of a story. `note` gives the anchor, and keeps the text for later. */
type Writer = {
  heading(level: number, text: string): string;
  paragraph(text: string): string;
  list(isOrdered: boolean, items: string[]): string;
  table(rows: string[][]): string;
  quote(text: string): string;
  verse(lines: string[]): string;
  style(style: Run['style'], text: string): string;
  note(number: number): string;
  notes(notes: string[]): string;
};

export function writeStory(blocks: Story, writer: Writer): string {
  const notes: string[] = [];
  const inline = (parts: Run[]) =>
    parts
      .map((part) => {
        const styled = writer.style(part.style, part.words.join(' '));
        if (!part.note) return styled;
        notes.push(part.note.join(' '));
        return styled + writer.note(notes.length);
      })
      .join(' ');
  const join = (part: string[]) => part.join(' ');
  const body = blocks.map((part) => {
    switch (part.kind) {
      case 'heading':
        return writer.heading(part.level, join(part.words));
      case 'paragraph':
        return writer.paragraph(inline(part.runs));
      case 'list':
        return writer.list(part.isOrdered, part.items.map(join));
      case 'table':
        return writer.table(part.rows.map((row) => row.map(join)));
      case 'quote':
        return writer.quote(inline(part.runs));
      default:
        return writer.verse(part.lines.map(join));
    }
  });
  return body.join('') + writer.notes(notes);
}

export function storyAsMarkdown(blocks: Story): string {
  return writeStory(blocks, {
    heading: (level, text) => `${'#'.repeat(level)} ${text}\n\n`,
    paragraph: (text) => `${text}\n\n`,
    list: (isOrdered, items) =>
      `<!-- -->\n\n${items.map((item, i) => `${isOrdered ? `${i + 1}.` : '-'} ${item}\n`).join('')}\n<!-- -->\n\n`,
    table: ([head = [], ...rows]) =>
      `${[head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |\n`).join('')}\n`,
    quote: (text) => `> ${text}\n\n`,
    verse: (lines) => `${lines.map((line) => `| ${line}\n`).join('')}\n`,
    style: (style, text) => (style === 'plain' ? text : style === 'italic' ? `*${text}*` : `**${text}**`),
    note: (number) => `[^${number}]`,
    notes: (notes) => notes.map((note, i) => `[^${i + 1}]: ${note}\n\n`).join(''),
  });
}

/** HTML with notes at the end, as EPUB and Gutenberg have them. */
export function storyAsHtml(blocks: Story): string {
  const tag = (name: string, text: string) => `<${name}>${text}</${name}>`;
  return writeStory(blocks, {
    heading: (level, text) => `${tag(`h${level}`, text)}\n`,
    paragraph: (text) => `${tag('p', text)}\n`,
    list: (isOrdered, items) => tag(isOrdered ? 'ol' : 'ul', items.map((item) => tag('li', item)).join('')),
    table: (rows) =>
      tag('table', rows.map((row) => tag('tr', row.map((cell) => tag('td', cell)).join(''))).join('')),
    quote: (text) => tag('blockquote', tag('p', text)),
    verse: (lines) => `<p class="verse">${lines.join('<br/>')}</p>`,
    style: (style, text) => (style === 'plain' ? text : tag(style === 'italic' ? 'em' : 'b', text)),
    note: (number) => `<a class="noteref" id="ref${number}" href="#note${number}">${number}</a>`,
    notes: (notes) =>
      notes
        .map(
          (note, i) =>
            `<aside class="footnote" id="note${i + 1}"><p><a href="#ref${i + 1}">${i + 1}</a> ${note}</p></aside>`,
        )
        .join('\n'),
  });
}
