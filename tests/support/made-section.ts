import { directionOf } from '@/lib/edition/direction';
import type { Edition, Paragraph, Section, Span } from '@/lib/edition/schema';
import { codePointLength } from '@/lib/kernel/code-points';

/** A block of a made section: its text, in which `{kind:words}` is a span and `{kind:}` a point. */
export type MadeBlock = Partial<Omit<Paragraph, 'start' | 'end'>> & {
  text: string;
  /** Of the spans of `text`, in the order in which they begin. */
  spans?: Partial<Span>[];
};

/** A section of blocks, with the offsets that follow from their texts. */
export function madeSection(blocks: MadeBlock[], more: Partial<Section> = {}): Section {
  const id = more.id ?? 's';
  const language = more.language ?? 'en';
  const section: Section = {
    id,
    edition: 'made',
    revision: 1,
    kind: 'section',
    home: null,
    label: null,
    title: 'Made',
    language,
    direction: directionOf(language),
    parent: null,
    reference: null,
    text: '',
    sha256: '',
    paragraphs: [],
    notes: [],
    pages: [],
    corrections: [],
    spans: [],
    previous: null,
    next: null,
    ...more,
  };
  const texts: string[] = [];
  let at = 0;
  for (const [i, { text, spans = [], ...block }] of blocks.entries()) {
    const start = at;
    let plain = '';
    let taken = 0;
    let from = 0;
    for (const match of text.matchAll(/\{(\w+):([^}]*)\}/g)) {
      plain += text.slice(from, match.index);
      from = match.index + match[0].length;
      const begin = start + codePointLength(plain);
      plain += match[2];
      const range = { start: begin, end: start + codePointLength(plain), kind: match[1] as Span['kind'] };
      section.spans.push({ ...range, id: null, language: null, targets: [], details: {}, ...spans[taken++] });
    }
    plain += text.slice(from);
    at += codePointLength(plain);
    section.paragraphs.push({
      id: `${id}.${i + 1}`,
      language,
      kind: 'p',
      number: null,
      reference: null,
      containers: [],
      details: {},
      ...block,
      start,
      end: at,
    });
    texts.push(plain);
    at++;
  }
  section.text = texts.join('\n');
  return section;
}

/** An edition of made sections. */
export function madeEdition(sections: Section[], more: Partial<Edition> = {}): Edition {
  return {
    slug: 'made',
    title: 'Made',
    access: 'public',
    language: 'en',
    revision: 1,
    published: '2026-01-01T00:00:00.000Z',
    header: {
      title: 'Made',
      language: 'en',
      authors: [],
      editors: [],
      source: { title: '', journal: null, volume: null, year: null, firstPage: null, lastPage: null },
      archive: null,
      licence: { status: 'free', statement: [], encoding: null },
      declaration: [],
      correspondence: [],
      languages: [],
      changes: [],
    },
    sections: sections.map((section) => ({
      ...section,
      length: codePointLength(section.text),
      paragraphs: section.paragraphs.length,
      prose: section.paragraphs.filter(({ kind }) => kind === 'p').length,
      notes: section.notes.length,
      opening: '',
    })),
    notes: [],
    divisions: [],
    ...more,
  };
}
