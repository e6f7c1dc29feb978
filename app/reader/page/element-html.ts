import { escapeHtml } from '@/lib/kernel/escape-html';

/** HTML that may be written into a page as it is: made by `element` and `text` alone. */
export type Html = string & { readonly html: unique symbol };

type Attributes = Record<string, string | number | boolean | null | undefined>;

const VOID = new Set(['br', 'col', 'img']);

/** Text, escaped. */
export function text(words: string): Html {
  return escapeHtml(words) as Html;
}

/** Pieces of HTML, one after the other. */
export function join(...pieces: (Html | null | false)[]): Html {
  return pieces.filter(Boolean).join('') as Html;
}

/** The same of any number of pieces: a call has no room for a hundred thousand. */
export function joinAll(pieces: readonly Html[]): Html {
  return pieces.join('') as Html;
}

/** An element. An attribute that is null, undefined or false is left out; one that is true is there without a value. */
export function element(name: string, attributes: Attributes, ...content: (Html | null | false)[]): Html {
  let open = `<${name}`;
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    open += value === true ? ` ${key}=""` : ` ${key}="${escapeHtml(String(value))}"`;
  }
  return (VOID.has(name) ? `${open}>` : `${open}>${join(...content)}</${name}>`) as Html;
}
