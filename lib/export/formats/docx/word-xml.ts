import { escapeXml } from '@/lib/kernel/code-points';

/** How a run of words looks. */
export type RunLook = {
  bold?: boolean;
  italic?: boolean;
  struck?: boolean;
  code?: boolean;
  raised?: 'superscript' | 'subscript';
  marked?: boolean;
  /** A language tag (BCP 47), for spelling and hyphens. */
  language?: string;
};

/** Twentieths of a point by which what answers or is quoted is set in. */
const INDENT = 360;
/** Deeper is not set in further, so that a line keeps room for words. */
const DEEPEST = 6;

/** A run (ECMA-376 part 1, §17.3.2): its line ends are breaks. */
export function run(text: string, look: RunLook = {}): string {
  if (text === '') return '';
  const { bold, italic, struck, code, raised, marked, language } = look;
  // In the order that the schema asks for (§17.3.2.28).
  const properties = [
    code && '<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas" w:cs="Consolas"/>',
    bold && '<w:b/>',
    italic && '<w:i/>',
    struck && '<w:strike/>',
    marked && '<w:shd w:val="clear" w:color="auto" w:fill="F8E6B4"/>',
    raised && `<w:vertAlign w:val="${raised}"/>`,
    language && `<w:lang w:val="${escapeXml(language)}"/>`,
  ].filter(Boolean);
  const inside = text
    .split('\n')
    .map((line) => `<w:t xml:space="preserve">${escapeXml(line)}</w:t>`)
    .join('<w:br/>');
  return `<w:r>${properties.length > 0 ? `<w:rPr>${properties.join('')}</w:rPr>` : ''}${inside}</w:r>`;
}

/** A paragraph of `runs` in a style of the document, set in `depth` times. */
export function paragraph(
  style: string,
  runs: string,
  { depth = 0, isRightToLeft = false }: { depth?: number; isRightToLeft?: boolean } = {},
): string {
  const indent = depth > 0 ? `<w:ind w:start="${Math.min(depth, DEEPEST) * INDENT}"/>` : '';
  return `<w:p><w:pPr><w:pStyle w:val="${style}"/>${isRightToLeft ? '<w:bidi/>' : ''}${indent}</w:pPr>${runs}</w:p>\n`;
}

/** A link: a field, which needs no relation of the document to its target (§17.16.5.25). */
export function link(address: string, runs: string): string {
  const target = escapeXml(address.replace(/["\\\s]/g, encodeURIComponent));
  const mark = (type: string) => `<w:r><w:fldChar w:fldCharType="${type}"/></w:r>`;
  return `${mark('begin')}<w:r><w:instrText xml:space="preserve"> HYPERLINK "${target}" </w:instrText></w:r>${mark('separate')}${runs}${mark('end')}`;
}
