import { escapeHtml } from '@/lib/kernel/escape-html';

// Letters, digits, spaces and marks that mean nothing in Markdown wherever they stand, but for what is below.
const PLAIN = /^[\p{L}\p{N}\p{M} \u00A0.,;:!?'"()«»„“”‘’—–…/%№§°$^={}+*>\n\uE000-]*$/u;
/** What begins a block, or is one: a list, a heading or a table by what is under its line; or white space that counts. */
const BLOCK = /^(?:[-+*=]|:-|\d+[.)]|\s)|\s$/mu;
/** What GFM makes a link of (§6.9). */
const BARE = /www\.|:\/\//i;
/** `*words*` or `**words**` that can be read in one way only (CommonMark §6.2). */
const EMPHASIS = /(?<=^|[ («„“\n])(\*\*?)([\p{L}\p{N}](?:[^*\n]*[\p{L}\p{N}])?)\1(?=$|[ .,;:!?)»”“\n])/gu;
/** `[words](https://…)` that can be read in one way only (CommonMark §6.3). */
const LINK =
  /(?<!!)\[(?![^\]]*[wW]{3}\.)([\p{L}\p{N}][\p{L}\p{N} .,;«»—–]*)\]\((https?:\/\/[A-Za-z0-9.\-/?=:@,+#]+)\)/gu;
/** Characters of a body that are looked at here: the patterns take time with the square of what is made to hold them up. */
const LONGEST = 4_000;
/** Stands for a link while its block is read; nobody writes it. */
const PLACE = '\uE000';

/**
 * Markdown of the common kind in HTML, exactly as `renderMarkdown` has it and a hundred times as fast: paragraphs with their line breaks,
 * lists of single lines, quotations of either, links, emphasis. Null for whatever has, or might have, more in it.
 */
export function fastMarkdown(body: string): string | null {
  if (body.length > LONGEST || body.includes(PLACE)) return null;
  const links: string[] = [];
  const text = body.replace(LINK, (_, words: string, address: string) => {
    links.push(`<a href="${escapeHtml(address)}" rel="nofollow noreferrer ugc">${words}</a>`);
    return PLACE;
  });
  if (!PLAIN.test(text) || BARE.test(text)) return null;
  const html: string[] = [];
  let afterList = false;
  // White space at the end of a block says nothing (CommonMark §4.8).
  for (const block of text.replace(/[ \n]+$/, '').split(/ *\n\n/)) {
    const isList = block.startsWith('- ');
    // Lists with an empty line between them are one list, with paragraphs in it.
    if (isList && afterList) return null;
    afterList = isList;
    const made = block.startsWith('> ') ? quotationHtml(block) : blockHtml(block);
    if (made === null) return null;
    html.push(made);
  }
  const whole = html.join('\n');
  let next = 0;
  return links.length === 0 ? whole : whole.replaceAll(PLACE, () => links[next++] as string);
}

/** A quotation each line of which says that it is one. */
function quotationHtml(block: string): string | null {
  const lines = block.split('\n');
  if (!lines.every((line) => line.startsWith('> '))) return null;
  const inside = blockHtml(lines.map((line) => line.slice(2)).join('\n'));
  return inside === null ? null : `<blockquote>\n${inside}\n</blockquote>`;
}

function blockHtml(block: string): string | null {
  return block.startsWith('- ') ? listHtml(block) : paragraphHtml(block);
}

function listHtml(block: string): string | null {
  const items = block.split('\n');
  if (!items.every((item) => item.startsWith('- '))) return null;
  const lines = items.map((item) => textHtml(item.slice(2)));
  return lines.includes(null) ? null : `<ul>\n${lines.map((line) => `<li>${line}</li>\n`).join('')}</ul>`;
}

function paragraphHtml(block: string): string | null {
  const text = textHtml(block);
  return text === null ? null : `<p>${text}</p>`;
}

/** Lines of text with emphasis; null where a line is empty or is more than text. */
function textHtml(text: string): string | null {
  const emphasised = text.replace(EMPHASIS, (_, marks: string, words: string) => {
    const name = marks === '*' ? 'em' : 'strong';
    return `\u0001${name}\u0002${words}\u0001/${name}\u0002`;
  });
  if (emphasised === '' || /[*>]/.test(emphasised) || BLOCK.test(emphasised)) return null;
  return emphasised.replaceAll('\n', '<br>\n').replaceAll('\u0001', '<').replaceAll('\u0002', '>');
}
