import type { Rendition } from '../schema';

/** The words of `@rend` that encoders use, without case and punctuation, and what they mean. */
const WORDS: Record<string, Rendition> = {
  italic: 'italic',
  italics: 'italic',
  ital: 'italic',
  it: 'italic',
  i: 'italic',
  bold: 'bold',
  b: 'bold',
  boldface: 'bold',
  strong: 'bold',
  smallcaps: 'smallcaps',
  smallcap: 'smallcaps',
  smcap: 'smallcaps',
  sc: 'smallcaps',
  k: 'smallcaps',
  caps: 'caps',
  allcaps: 'caps',
  uppercase: 'caps',
  sup: 'superscript',
  super: 'superscript',
  superscript: 'superscript',
  sub: 'subscript',
  subscript: 'subscript',
  underline: 'underline',
  underlined: 'underline',
  ul: 'underline',
  u: 'underline',
  overline: 'overline',
  strikethrough: 'strikethrough',
  strike: 'strikethrough',
  linethrough: 'strikethrough',
  spaced: 'spaced',
  letterspaced: 'spaced',
  gesperrt: 'spaced',
  g: 'spaced',
  large: 'large',
  larger: 'large',
  big: 'large',
  small: 'small',
  smaller: 'small',
  quoted: 'quoted',
  quotes: 'quoted',
  quotationmarks: 'quoted',
  center: 'center',
  centre: 'center',
  centered: 'center',
  c: 'center',
  right: 'right',
  alignright: 'right',
  et: 'indent',
  indent: 'indent',
  hanging: 'hanging',
  upright: 'upright',
  roman: 'upright',
  normal: 'upright',
};

/** Declarations of CSS (`@style`, tagsDecl/rendition) and what they mean. */
const DECLARATIONS: [RegExp, Rendition][] = [
  [/font-style:(italic|oblique)/, 'italic'],
  [/font-weight:(bold|[6-9]00)/, 'bold'],
  [/font-variant(-caps)?:small-caps/, 'smallcaps'],
  [/text-transform:uppercase/, 'caps'],
  [/vertical-align:super/, 'superscript'],
  [/vertical-align:sub/, 'subscript'],
  [/text-decoration[a-z-]*:[^;]*underline/, 'underline'],
  [/text-decoration[a-z-]*:[^;]*overline/, 'overline'],
  [/text-decoration[a-z-]*:[^;]*line-through/, 'strikethrough'],
  [/letter-spacing:(?!0|normal)/, 'spaced'],
  [/text-align:center/, 'center'],
  [/text-align:(right|end)/, 'right'],
  [/font-size:(large|x-large|xx-large|1[1-9]\d%|[2-9]\d\d%)/, 'large'],
  [/font-size:(small|x-small|xx-small|[5-9]\d%)/, 'small'],
];

/** What CSS says of a range, in our words. */
export function renditionOfCss(css: string): Rendition[] {
  const plain = css.toLowerCase().replace(/\s*([:;])\s*/g, '$1');
  return DECLARATIONS.flatMap(([declaration, rendition]) => (declaration.test(plain) ? [rendition] : []));
}

/**
 * How an element looks, after its `@rend`, `@rendition` and `@style` (TEI P5 §1.3.1.1.3). `declared` has what the
 * header's rendition elements say, by their xml:id. Words that nobody knows say nothing.
 */
export function renditionOf(
  attributes: ReadonlyMap<string, string>,
  declared: ReadonlyMap<string, Rendition[]>,
): Rendition[] {
  const rend = attributes.get('rend') ?? '';
  const found =
    /[:;]/.test(rend) && !rend.includes('#') ? renditionOfCss(rend) : rend.split(/[\s,]+/).flatMap(wordOf);
  const pointed = (attributes.get('rendition') ?? '').split(/\s+/).flatMap((pointer) => {
    const id = pointer.replace(/^.*#/, '');
    return declared.get(id) ?? wordOf(id);
  });
  const styled = renditionOfCss(attributes.get('style') ?? '');
  return [...new Set([...found, ...pointed, ...styled])];
}

function wordOf(word: string): Rendition[] {
  const known = WORDS[word.toLowerCase().replace(/[^a-z]/g, '')];
  return known ? [known] : [];
}
