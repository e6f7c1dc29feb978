import { type Story, storyAsHtml } from './story';
import { zip } from './zip';

const CONTAINER =
  '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OEBPS/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>';

export const xhtml = (body: string, attributes = '') =>
  `<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title>A file</title><link rel="stylesheet" href="../a.css"/></head><body ${attributes}>${body}</body></html>`;

const METADATA = `<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>A Book</dc:title><dc:creator id="c1">Ana Pop</dc:creator><dc:creator id="c2">Ion Ion</dc:creator><meta property="role" refines="#c2">trl</meta><dc:language>ro</dc:language><dc:rights>CC BY 4.0</dc:rights><dc:date>1899-05-01</dc:date></metadata>`;

/** An EPUB of XHTML documents by name, in order; `more` are further files of OEBPS. EPUB 2 has an NCX, EPUB 3 a nav. */
export function epub(
  documents: Record<string, string>,
  {
    version = 3,
    nav = '',
    more = {},
    root = {},
  }: {
    version?: 2 | 3;
    nav?: string;
    more?: Record<string, string | Uint8Array>;
    root?: Record<string, string>;
  } = {},
): Promise<Buffer> {
  const names = Object.keys(documents);
  const items = names.map(
    (name, i) => `<item id="d${i}" href="${name}" media-type="application/xhtml+xml"/>`,
  );
  const contents =
    version === 3
      ? '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
      : '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>';
  const spine = names.map((_, i) => `<itemref idref="d${i}"/>`);
  const opf = `<package xmlns="http://www.idpf.org/2007/opf" version="${version}.0">${METADATA}<manifest>${items.join('')}${contents}</manifest><spine>${version === 3 ? '<itemref idref="nav"/>' : ''}${spine.join('')}</spine></package>`;
  return zip({
    mimetype: 'application/epub+zip',
    'META-INF/container.xml': CONTAINER,
    'OEBPS/package.opf': opf,
    ...(version === 3
      ? { 'OEBPS/nav.xhtml': xhtml(`<nav epub:type="toc"><ol>${nav}</ol></nav>`) }
      : {
          'OEBPS/toc.ncx': `<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>${nav}</navMap></ncx>`,
        }),
    ...Object.fromEntries(
      Object.entries({ ...documents, ...more }).map(([name, content]) => [`OEBPS/${name}`, content]),
    ),
    ...root,
  });
}

/** A story in two files, with its notes in a third. */
export function storyAsEpub(blocks: Story): Promise<Buffer> {
  const half = Math.ceil(blocks.length / 2);
  const html = storyAsHtml(blocks);
  const at = html.indexOf('<aside');
  const [body, notes] = at < 0 ? [html, ''] : [html.slice(0, at), html.slice(at)];
  // The text is cut between blocks, where a line ends.
  const lines = body.split('\n');
  const first = lines.slice(0, half).join('\n');
  const rest = lines.slice(half).join('\n');
  const link = (text: string, from: string, to: string) =>
    text.replaceAll(`href="#${from}`, `href="${to}#${from}`);
  const backTo = (text: string) =>
    text.replace(
      /href="#(ref\d+)"/g,
      (_, id) => `href="${first.includes(`id="${id}"`) ? 'one' : 'two'}.xhtml#${id}"`,
    );
  return epub({
    'one.xhtml': xhtml(link(first, 'note', 'notes.xhtml')),
    'two.xhtml': xhtml(link(rest, 'note', 'notes.xhtml')),
    'notes.xhtml': xhtml(backTo(notes)),
  });
}
