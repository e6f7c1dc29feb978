import assert from 'node:assert/strict';
import { SaxesParser } from 'saxes';

/** An element of the TEI that came out, read by a strict parser of XML. */
export type TeiElement = {
  name: string;
  attributes: Record<string, string>;
  children: (TeiElement | string)[];
};

/** Reads TEI; what is not well-formed fails the test. */
export function readTei(xml: string): TeiElement {
  const parser = new SaxesParser({ xmlns: true });
  const top: TeiElement = { name: '', attributes: {}, children: [] };
  const open = [top];
  parser.on('error', (error) => assert.fail(error.message));
  parser.on('opentag', ({ local, uri, attributes }) => {
    assert.equal(uri, 'http://www.tei-c.org/ns/1.0');
    const values = Object.values(attributes).map(({ name, value }) => [name, value]);
    const element = { name: local, attributes: Object.fromEntries(values), children: [] };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => open.pop());
  parser.on('text', (text) => open.at(-1)?.children.push(text));
  parser.write(xml).close();
  return top.children.find((child) => typeof child !== 'string') as TeiElement;
}

/** All elements of a name, in document order. */
export function all(element: TeiElement, name: string): TeiElement[] {
  return element.children.flatMap((child) =>
    typeof child === 'string' ? [] : [...(child.name === name ? [child] : []), ...all(child, name)],
  );
}

/** The text of an element, with notes and descriptions of images left away. */
export function textOf(element: TeiElement): string {
  return element.children
    .map((child) => {
      if (typeof child === 'string') return child;
      if (child.name === 'note' || child.name === 'figDesc') return '';
      return textOf(child);
    })
    .join('')
    .replace(/[ \t\n\r]+/g, ' ')
    .replace(/^ | $/g, '');
}

/** The outline of a text: heads by depth of division. */
export function outlineOf(element: TeiElement, depth = 0): string[] {
  return element.children.flatMap((child): string[] => {
    if (typeof child === 'string') return [];
    if (child.name === 'head' && element.name === 'div') return [`${'  '.repeat(depth - 1)}${textOf(child)}`];
    if (['text', 'front', 'body', 'back', 'div'].includes(child.name))
      return outlineOf(child, child.name === 'div' ? depth + 1 : depth);
    return [];
  });
}

const WITHIN_WORDS = ['hi', 'emph', 'ref', 'foreign', 'code', 'title', 'q', 'seg', 'anchor'];

/** The words of the text in order, and those of each note. This is counted otherwise than in the room itself. */
export function wordsOf(tei: TeiElement): { flow: string[]; notes: string[] } {
  const notes: string[] = [];
  const flatten = (element: TeiElement, isInNote: boolean): string =>
    element.children
      .map((child) => {
        if (typeof child === 'string') return child;
        if (child.name === 'figDesc') return '';
        if (child.name === 'note' && !isInNote) notes.push(flatten(child, true));
        if (child.name === 'note' && !isInNote) return '\n';
        const gap = WITHIN_WORDS.includes(child.name) ? '' : '\n';
        return gap + flatten(child, isInNote) + gap;
      })
      .join('');
  const [text] = all(tei, 'text');
  assert.ok(text, 'there is no text');
  const flow = wordsIn(flatten(text, false));
  return { flow, notes: notes.map((note) => wordsIn(note).join(' ')) };
}

export function wordsIn(text: string): string[] {
  return text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}
