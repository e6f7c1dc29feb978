import { type Run, type Story, writeStory } from './story';
import { zip } from './zip';

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const MORE =
  'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"';

export const run = (text: string, properties = '') =>
  `<w:r><w:rPr>${properties}</w:rPr><w:t xml:space="preserve">${text}</w:t></w:r>`;
export const paragraph = (content: string, properties = '') =>
  `<w:p><w:pPr>${properties}</w:pPr>${content}</w:p>`;
export const styled = (style: string, text: string) => paragraph(run(text), `<w:pStyle w:val="${style}"/>`);

/** Styles as Word writes them: ids in the language of the program, names in English. */
const STYLES = `<w:styles ${W}><w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="ro-RO" w:bidi="ar-SA"/></w:rPr></w:rPrDefault></w:docDefaults>
${[1, 2, 3, 4].map((level) => `<w:style w:type="paragraph" w:styleId="Titlu${level}"><w:name w:val="heading ${level}"/></w:style>`).join('')}
<w:style w:type="paragraph" w:styleId="My"><w:name w:val="My own chapter"/><w:basedOn w:val="Titlu2"/></w:style>
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Citat"><w:name w:val="Quote"/></w:style>
<w:style w:type="paragraph" w:styleId="Vers"><w:name w:val="Verse"/></w:style>
<w:style w:type="character" w:styleId="Accent"><w:name w:val="Accentuare"/><w:rPr><w:i/></w:rPr></w:style></w:styles>`;

const NUMBERING = `<w:numbering ${W}>${['decimal', 'bullet']
  .map(
    (format, i) =>
      `<w:abstractNum w:abstractNumId="${i}">${[0, 1, 2].map((level) => `<w:lvl w:ilvl="${level}"><w:numFmt w:val="${format}"/></w:lvl>`).join('')}</w:abstractNum>`,
  )
  .join(
    '',
  )}<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>`;

const TYPES = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="png" ContentType="image/png"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`;

const relations = (parts: string[]) =>
  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${parts.join('')}</Relationships>`;
const relation = (id: string, type: string, target: string) =>
  `<Relationship Id="${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"/>`;

/** A Word document of a body, with footnotes, and further parts by name. */
export function docx(
  body: string,
  { notes = [], parts = {} }: { notes?: string[]; parts?: Record<string, string | Uint8Array> } = {},
): Promise<Buffer> {
  const footnotes = notes
    .map(
      (note, i) =>
        `<w:footnote w:id="${i + 1}"><w:p><w:r><w:footnoteRef/></w:r>${run(` ${note}`)}</w:p></w:footnote>`,
    )
    .join('');
  const separator =
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>';
  const wrapped = Object.fromEntries(
    Object.entries(parts).map(([name, content]) => [
      name,
      typeof content === 'string' ? content.replace(/^<([\w:]+)/, `<$1 ${W} ${MORE}`) : content,
    ]),
  );
  return zip({
    '[Content_Types].xml': TYPES,
    '_rels/.rels': relations([relation('r1', 'officeDocument', 'word/document.xml')]),
    'word/_rels/document.xml.rels': relations([
      relation('s', 'styles', 'styles.xml'),
      relation('n', 'numbering', 'numbering.xml'),
      relation('f', 'footnotes', 'footnotes.xml'),
      relation('i', 'image', 'media/image1.png'),
      relation('l', 'hyperlink', 'https://example.org/a'),
    ]),
    'word/document.xml': `<?xml version="1.0" encoding="UTF-8"?><w:document ${W} ${MORE}><w:body>${body}<w:sectPr/></w:body></w:document>`,
    'word/styles.xml': STYLES,
    'word/numbering.xml': NUMBERING,
    'word/footnotes.xml': `<w:footnotes ${W} ${MORE}>${separator}${footnotes}</w:footnotes>`,
    ...wrapped,
  });
}

export const footnote = (number: number) => `<w:r><w:footnoteReference w:id="${number}"/></w:r>`;

export function storyAsDocx(blocks: Story): Promise<Buffer> {
  let kept: string[] = [];
  const item = (isOrdered: boolean, text: string) =>
    paragraph(run(text), `<w:numPr><w:ilvl w:val="0"/><w:numId w:val="${isOrdered ? 1 : 2}"/></w:numPr>`);
  const properties = (style: Run['style']) =>
    style === 'plain' ? '' : style === 'italic' ? '<w:i/>' : '<w:b w:val="1"/>';
  const body = writeStory(blocks, {
    heading: (level, text) => styled(`Titlu${level}`, text),
    paragraph: (text) => paragraph(text),
    list: (isOrdered, items) => items.map((text) => item(isOrdered, text)).join(''),
    table: (rows) =>
      `<w:tbl>${rows.map((row) => `<w:tr>${row.map((cell) => `<w:tc>${paragraph(run(cell))}</w:tc>`).join('')}</w:tr>`).join('')}</w:tbl>`,
    quote: (text) => paragraph(text, '<w:pStyle w:val="Citat"/>'),
    verse: (lines) =>
      paragraph(lines.map((line) => run(line)).join('<w:r><w:br/></w:r>'), '<w:pStyle w:val="Vers"/>'),
    style: (style, text) => run(`${text} `, properties(style)),
    note: footnote,
    notes: (notes) => {
      kept = notes;
      return '';
    },
  });
  return docx(body, { notes: kept });
}
