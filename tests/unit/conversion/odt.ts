import { type Story, writeStory } from './story';
import { zip } from './zip';

const NAMESPACES = ['office', 'style', 'text', 'table', 'meta', 'manifest']
  .map((name) => `xmlns:${name}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`)
  .concat([
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"',
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"',
    'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"',
    'xmlns:dc="http://purl.org/dc/elements/1.1/"',
    'xmlns:xlink="http://www.w3.org/1999/xlink"',
  ])
  .join(' ');

const style = (name: string, properties: string, attributes = '') =>
  `<style:style style:name="${name}" style:family="text" ${attributes}><style:text-properties ${properties}/></style:style>`;

const AUTOMATIC = `<office:automatic-styles>${style('T1', 'fo:font-style="italic"')}${style('T2', 'fo:font-weight="bold"')}${style('T3', '', 'style:parent-style-name="Accent"')}${style('T4', 'style:text-position="super 58%"')}
<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1"/><text:list-level-style-bullet text:level="2"/></text:list-style>
<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Quotations"/></office:automatic-styles>`;

const STYLES = `<office:document-styles ${NAMESPACES}><office:styles><style:default-style style:family="paragraph"><style:text-properties fo:language="ro" fo:country="RO"/></style:default-style>${style('Accent', 'fo:font-variant="small-caps"')}<style:style style:name="Quotations" style:family="paragraph"/><style:style style:name="My_20_verse" style:display-name="Verse of mine" style:family="paragraph"/></office:styles><office:master-styles><style:master-page><style:header><text:p>Cap de pagină</text:p></style:header></style:master-page></office:master-styles></office:document-styles>`;

/** An OpenDocument text of a body, and further files by name. */
export function odt(
  body: string,
  more: Record<string, string | Uint8Array> = {},
  head = true,
): Promise<Buffer> {
  return zip({
    mimetype: 'application/vnd.oasis.opendocument.text',
    'content.xml': `<?xml version="1.0"?><office:document-content ${NAMESPACES}>${AUTOMATIC}<office:body><office:text>${body}</office:text></office:body></office:document-content>`,
    'styles.xml': head ? STYLES : STYLES.replace(/<style:header>.*<\/style:header>/, ''),
    ...Object.fromEntries(
      Object.entries(more).map(([name, content]) => [
        name,
        typeof content === 'string' ? content.replace(/^<([\w:-]+)/, `<$1 ${NAMESPACES}`) : content,
      ]),
    ),
  });
}

export function storyAsOdt(blocks: Story): Promise<Buffer> {
  const p = (content: string, name = 'Standard') => `<text:p text:style-name="${name}">${content}</text:p>`;
  const notes = new Map<number, string>();
  const withoutNotes = writeStory(blocks, {
    heading: (level, text) => `<text:h text:outline-level="${level}">${text}</text:h>`,
    paragraph: (text) => p(text),
    list: (isOrdered, items) =>
      `<text:list text:style-name="${isOrdered ? 'L1' : 'none'}">${items.map((item) => `<text:list-item>${p(item)}</text:list-item>`).join('')}</text:list>`,
    table: (rows) =>
      `<table:table>${rows.map((row) => `<table:table-row>${row.map((cell) => `<table:table-cell>${p(cell)}</table:table-cell>`).join('')}</table:table-row>`).join('')}</table:table>`,
    quote: (text) => p(text, 'P1'),
    verse: (lines) => p(lines.join('<text:line-break/>'), 'My_20_verse'),
    style: (name, text) =>
      name === 'plain'
        ? text
        : `<text:span text:style-name="${name === 'italic' ? 'T1' : 'T2'}">${text}</text:span>`,
    note: (number) => `<!--note ${number}-->`,
    notes: (texts) => {
      for (const [i, text] of texts.entries()) notes.set(i + 1, text);
      return '';
    },
  });
  const body = withoutNotes.replace(
    /<!--note (\d+)-->/g,
    (_, number) =>
      `<text:note text:note-class="footnote"><text:note-citation>${number}</text:note-citation><text:note-body>${p(notes.get(Number(number)) ?? '')}</text:note-body></text:note>`,
  );
  return odt(body, {}, false);
}
