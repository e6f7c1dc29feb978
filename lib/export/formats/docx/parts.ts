import { contentTypes, type OfficeParts, relationships } from '../../office-file';

const MAIN = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';

/** The styles of the document: name, what it is based on, and its properties of paragraphs and of words. */
const STYLES: [id: string, name: string, paragraph: string, words: string][] = [
  ['Normal', 'Normal', '<w:spacing w:after="120" w:line="276" w:lineRule="auto"/>', ''],
  ['Title', 'Title', '<w:spacing w:after="120"/>', '<w:b/><w:sz w:val="40"/>'],
  ['Heading1', 'heading 1', heading(0, 360), '<w:b/><w:sz w:val="32"/>'],
  ['Heading2', 'heading 2', heading(1, 320), '<w:b/><w:sz w:val="26"/>'],
  ['Heading3', 'heading 3', heading(2, 240), '<w:b/>'],
  ['Text', 'Text', '<w:spacing w:after="120"/>', ''],
  [
    'Passage',
    'Passage',
    '<w:keepNext/><w:pBdr><w:top w:val="single" w:sz="4" w:space="4" w:color="999999"/></w:pBdr><w:spacing w:before="160" w:after="60"/>',
    '<w:sz w:val="20"/>',
  ],
  [
    'NoteHead',
    'Note head',
    '<w:keepNext/><w:spacing w:before="60" w:after="0"/>',
    '<w:color w:val="444444"/><w:sz w:val="18"/>',
  ],
  ['Note', 'Note', '<w:spacing w:after="80"/>', '<w:sz w:val="20"/>'],
];

/** The parts of a Word document with that text. */
export function documentParts(text: () => AsyncIterable<Uint8Array>): OfficeParts {
  return [
    [
      '[Content_Types].xml',
      contentTypes({
        'word/document.xml': 'wordprocessingml.document.main',
        'word/styles.xml': 'wordprocessingml.styles',
      }),
    ],
    ['_rels/.rels', relationships([['officeDocument', 'word/document.xml']])],
    ['word/_rels/document.xml.rels', relationships([['styles', 'styles.xml']])],
    ['word/styles.xml', `<w:styles xmlns:w="${MAIN}">${DEFAULTS}${STYLES.map(style).join('')}</w:styles>`],
    ['word/document.xml', text],
  ];
}

const DEFAULTS =
  '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/><w:sz w:val="22"/></w:rPr></w:rPrDefault></w:docDefaults>';

function style([id, name, paragraph, words]: (typeof STYLES)[number]): string {
  const isDefault = id === 'Normal';
  const base = isDefault ? '' : '<w:basedOn w:val="Normal"/>';
  return `<w:style w:type="paragraph"${isDefault ? ' w:default="1"' : ''} w:styleId="${id}"><w:name w:val="${name}"/>${base}<w:qFormat/><w:pPr>${paragraph}</w:pPr><w:rPr>${words}</w:rPr></w:style>`;
}

function heading(level: number, before: number): string {
  return `<w:keepNext/><w:spacing w:before="${before}" w:after="120"/><w:outlineLvl w:val="${level}"/>`;
}
