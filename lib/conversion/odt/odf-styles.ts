import type { Element } from 'xast';
import { child, childElements, descendants } from '../xml-tree';

/** What the styles of an OpenDocument text say of how something looks (ODF 1.3 part 3, §16, §20). */
export type OdfStyles = {
  /** The elements of HTML for the look of a span, outermost first. */
  emphasisOf(styleName: string | undefined): string[];
  /** The names of a paragraph's style and of those that it is based on, as people see them. */
  namesOf(styleName: string | undefined): string[];
  isRightToLeft(styleName: string | undefined): boolean;
  /** Whether the lists of a style are numbered at a level (from 1). */
  isNumbered(listStyle: string | undefined, level: number): boolean;
  /** The language of paragraphs that say none. */
  language: string | null;
};

export function readOdfStyles(parts: (Element | null)[]): OdfStyles {
  const styles = new Map<string, Element>();
  const lists = new Map<string, Element>();
  let language: string | null = null;
  for (const part of parts) {
    if (!part) continue;
    for (const style of descendants(part, 'style:style', 'style:default-style', 'text:list-style')) {
      const name = style.attributes['style:name'];
      if (style.name === 'text:list-style' && name) lists.set(name, style);
      else if (name) styles.set(name, style);
      else if (style.attributes['style:family'] === 'paragraph') language ??= languageOf(style);
    }
  }
  /** A style and those that it is based on, itself first. */
  const lineOf = (name: string | undefined): Element[] => {
    const line: Element[] = [];
    for (let next = name; next && line.length < 20; ) {
      const style = styles.get(next);
      if (!style || line.includes(style)) break;
      line.push(style);
      next = style.attributes['style:parent-style-name'] ?? undefined;
    }
    return line;
  };
  /** The value of a property, as the nearest style in the line has it. */
  const propertyOf = (name: string | undefined, kind: string, property: string) =>
    lineOf(name)
      .map((style) => child(style, `style:${kind}-properties`)?.attributes[property])
      .find((value) => value !== undefined && value !== null);
  return {
    emphasisOf(name) {
      const text = (property: string) => propertyOf(name, 'text', property) ?? '';
      const position = text('style:text-position');
      return [
        ...(/^(?:bold|[6-9]00)$/.test(text('fo:font-weight')) ? ['b'] : []),
        ...(/^(?:italic|oblique)$/.test(text('fo:font-style')) ? ['i'] : []),
        ...(text('fo:font-variant') === 'small-caps' ? ['small-caps'] : []),
        ...(isLine(text('style:text-underline-style')) ? ['u'] : []),
        ...(isLine(text('style:text-line-through-style')) ? ['s'] : []),
        ...(/^(?:super|[1-9]\d*%)/.test(position) ? ['sup'] : /^(?:sub|-)/.test(position) ? ['sub'] : []),
      ];
    },
    namesOf: (name) =>
      lineOf(name)
        .map(({ attributes }) => attributes['style:display-name'] ?? attributes['style:name'] ?? '')
        .map(decodeName)
        .concat(name && !styles.has(name) ? [decodeName(name)] : []),
    isRightToLeft: (name) => /^rl/.test(propertyOf(name, 'paragraph', 'style:writing-mode') ?? ''),
    isNumbered(listStyle, level) {
      const style = listStyle === undefined ? undefined : lists.get(listStyle);
      const levels = style ? childElements(style) : [];
      return levels.some(
        ({ name, attributes }) =>
          name === 'text:list-level-style-number' &&
          attributes['text:level'] === String(level) &&
          (attributes['style:num-format'] ?? '1') !== '',
      );
    },
    language,
  };
}

function isLine(value: string): boolean {
  return value !== '' && value !== 'none';
}

function languageOf(style: Element): string | null {
  const properties = child(style, 'style:text-properties');
  const language = properties?.attributes['fo:language'];
  const country = properties?.attributes['fo:country'];
  if (!language || language === 'none' || language === 'zxx') return null;
  return country && country !== 'none' ? `${language}-${country}` : language;
}

/** Names of styles have `_20_` for a space (ODF 1.3 §19.502). */
function decodeName(name: string): string {
  return name.replace(/_([0-9a-f]+)_/gi, (_, code: string) =>
    String.fromCodePoint(Number.parseInt(code, 16) % 0x110000),
  );
}
