import type { Element } from 'xast';
import { child, childElements, descendants } from '../xml-tree';

/** What a style of a document makes of a paragraph or a run. */
type Style = { id: string; name: string; type: string; basedOn: string | undefined; element: Element };

const QUOTE = /^(?:intense )?quot(?:e|ations?)$|^block (?:text|quotation)$|^цитата|^citat/i;
const VERSE = /^(?:verse|poem|poetry|versuri|poezie|стих)/i;

/**
 * mammoth's style map for a document: headings by the outline level of a style or of those that it is based on,
 * quotations and verse by name, emphasis by what a character style looks like.
 */
export function styleMapOf(styles: Element | null, hasTitle: boolean): string[] {
  const all = new Map<string, Style>();
  for (const element of styles ? childElements(styles) : []) {
    const id = element.attributes['w:styleId'];
    if (element.name !== 'w:style' || !id) continue;
    const name = child(element, 'w:name')?.attributes['w:val'] ?? id;
    const basedOn = child(element, 'w:basedOn')?.attributes['w:val'] ?? undefined;
    all.set(id, { id, name, type: element.attributes['w:type'] ?? '', basedOn, element });
  }
  const lines: string[] = [];
  for (const style of all.values()) {
    const named = `[style-name='${style.name.replace(/[\\']/g, '\\$&')}']`;
    if (style.type === 'paragraph') {
      const level = levelOf(style, all);
      if (/^title$/i.test(style.name)) lines.push(`p${named} => h1:fresh`);
      else if (level !== null) lines.push(`p${named} => h${Math.min(6, level + (hasTitle ? 1 : 0))}:fresh`);
      else if (QUOTE.test(style.name)) lines.push(`p${named} => blockquote > p:fresh`);
      else if (VERSE.test(style.name)) lines.push(`p${named} => p.verse:fresh`);
    } else if (style.type === 'character') {
      const tags = emphasisOf(style, all);
      if (tags !== '') lines.push(`r${named} => ${tags}`);
    }
  }
  return [
    ...lines,
    ...Array.from(
      { length: 9 },
      (_, i) => `p.${outlineStyle(i + 1)} => h${Math.min(6, i + 1 + (hasTitle ? 1 : 0))}:fresh`,
    ),
    ...deepLists(),
    'u => u',
    'small-caps => span.smallcaps',
    'strike => s',
    'i => i',
    'b => b',
  ];
}

/** mammoth's own map has lists of five levels; Word has nine. */
function deepLists(): string[] {
  return [6, 7, 8, 9].flatMap((depth) =>
    (['unordered', 'ordered'] as const).map((kind) => {
      const around = 'ul|ol > li > '.repeat(depth - 1);
      return `p:${kind}-list(${depth}) => ${around}${kind === 'ordered' ? 'ol' : 'ul'} > li:fresh`;
    }),
  );
}

/** The name of the style that a paragraph with an outline level of its own gets. */
export function outlineStyle(level: number): string {
  return `ScholionOutline${level}`;
}

/** The style ids of titles: a document with one has its headings one level below. */
export function titleStyles(styles: Element | null): Set<string> {
  return new Set(
    (styles ? childElements(styles) : [])
      .filter((style) => /^title$/i.test(child(style, 'w:name')?.attributes['w:val'] ?? ''))
      .map((style) => style.attributes['w:styleId'] ?? ''),
  );
}

/** The heading level of a style: by its own name or outline level, or by the style that it is based on. */
function levelOf(style: Style, all: Map<string, Style>, depth = 0): number | null {
  const [, named] = /^heading ([1-9])$/i.exec(style.name) ?? [];
  if (named) return Number(named);
  const outline = child(child(style.element, 'w:pPr'), 'w:outlineLvl')?.attributes['w:val'];
  // Level 9 is body text (§17.3.1.20).
  if (outline) return Number(outline) < 9 ? Number(outline) + 1 : null;
  const base = style.basedOn === undefined ? undefined : all.get(style.basedOn);
  return base && depth < 20 ? levelOf(base, all, depth + 1) : null;
}

/** The elements for a character style that is set apart: mammoth itself only knows what a run says of itself. */
function emphasisOf(style: Style, all: Map<string, Style>): string {
  const base = style.basedOn === undefined ? undefined : all.get(style.basedOn);
  const properties = [style, ...(base ? [base] : [])].map(({ element }) => child(element, 'w:rPr'));
  const has = (name: string) =>
    properties.some((part) => {
      const value = child(part, name);
      return value !== undefined && !['0', 'false', 'none'].includes(value.attributes['w:val'] ?? '');
    });
  return [
    ...(has('w:b') ? ['b'] : []),
    ...(has('w:i') ? [/emphasis/i.test(style.name) ? 'em' : 'i'] : []),
    ...(has('w:smallCaps') ? ['span.smallcaps'] : []),
  ].join(' > ');
}

/** Gives paragraphs with an outline level of their own the style for it, if their style says none. */
export function nameOutlineLevels(body: Element): void {
  for (const paragraph of descendants(body, 'w:p')) {
    const properties = child(paragraph, 'w:pPr');
    const level = Number(child(properties, 'w:outlineLvl')?.attributes['w:val'] ?? 9);
    if (!properties || !(level < 9) || child(properties, 'w:pStyle')) continue;
    properties.children.unshift({
      type: 'element',
      name: 'w:pStyle',
      attributes: { 'w:val': outlineStyle(level + 1) },
      children: [],
    });
  }
}
