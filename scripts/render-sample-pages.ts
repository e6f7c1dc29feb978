// Renders the pages of the first edition as images, because there are no scans of it. Run it again after the text changes:
// node --conditions=react-server --import tsx scripts/render-sample-pages.ts
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { chromium } from 'playwright';
import sharp from 'sharp';
import { parseTei } from '@/lib/edition/parse-tei';
import { browserOptions } from '../tests/support/browser';

const SOURCE = 'seed/gheorghiu-2009.xml';
const TARGET = 'seed/pages';
/** B5, as the journal is, at 180 dots to the inch. */
const SHEET = { width: 1247, height: 1772 };
const STATEMENT = 'Re-set from the text, not a facsimile';

type Section = ReturnType<typeof parseTei>['sections'][number];
type Range = { start: number; end: number };

const { sections } = parseTei(await readFile(SOURCE, 'utf8'));
const notes = new Map(sections.filter(({ kind }) => kind === 'note').map((note) => [note.id, note]));

/** The content of each printed page in order: its paragraphs, and the notes at its foot. */
const pages = new Map<string, { body: string[]; foot: string[] }>();
let label = '';
for (const section of sections) {
  if (section.kind === 'note') continue;
  for (const paragraph of section.paragraphs) {
    const breaks = section.pages.filter(({ offset }) => offset >= paragraph.start && offset < paragraph.end);
    const edges = [{ label, offset: paragraph.start }, ...breaks];
    for (const [i, edge] of edges.entries()) {
      label = edge.label;
      const range = { start: edge.offset, end: edges[i + 1]?.offset ?? paragraph.end };
      if (range.end === range.start) continue;
      const page = pages.get(label) ?? { body: [], foot: [] };
      pages.set(label, page);
      const goesOn = range.start > paragraph.start ? ' goes-on' : '';
      page.body.push(
        `<p class="${paragraph.kind}${goesOn}" lang="${paragraph.language}">${inline(section, range)}</p>`,
      );
      for (const { id, label: number } of notesIn(section, range)) {
        const note = notes.get(id);
        if (note) page.foot.push(`<p><sup>${number}</sup> ${inline(note, { start: 0, end: Infinity })}</p>`);
      }
    }
  }
}

function notesIn({ notes }: Section, { start, end }: Range): Section['notes'] {
  return notes.filter(({ offset }) => offset > start && offset <= end);
}

/** A part of a section in HTML, with italics and note numbers. */
function inline(section: Section, { start, end }: Range): string {
  const characters = [...section.text];
  const italics = section.spans.filter(
    ({ kind, targets, language }) =>
      (kind === 'title' || (kind === 'foreign' && language === 'ro')) && targets.length === 0,
  );
  const isItalic = (offset: number) => italics.some((span) => offset >= span.start && offset < span.end);
  const marks = new Map(notesIn(section, { start, end }).map(({ offset, label }) => [offset, label]));
  let html = '';
  const last = Math.min(end, characters.length);
  for (let offset = start; offset < last; offset += 1) {
    if (isItalic(offset) && (offset === start || !isItalic(offset - 1))) html += '<i>';
    html += escaped(characters[offset] ?? '');
    if (isItalic(offset) && (offset + 1 === last || !isItalic(offset + 1))) html += '</i>';
    const mark = marks.get(offset + 1);
    if (mark) html += `<sup>${mark}</sup>`;
  }
  return html.trim();
}

function escaped(text: string): string {
  return text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
}

const STYLE = `
  * { box-sizing: border-box; margin: 0 }
  body { width: ${SHEET.width}px; height: ${SHEET.height}px; padding: 92px 146px 62px; background: #f6f2e8; color: #1d1a16;
    font: 25.5px/1.29 C059, 'Century Schoolbook L', 'DejaVu Serif', serif; display: flex; flex-direction: column }
  header { display: grid; grid-template-columns: 1fr auto 1fr; padding-bottom: 12px; margin-bottom: 30px; font-size: 23px;
    border-bottom: 2px solid }
  header span:last-child { text-align: right }
  p { text-align: justify; hyphens: auto; text-indent: 44px }
  .masthead, .goes-on, .source, .address, .salute { text-indent: 0 }
  .masthead { font-size: 22px; font-style: italic; margin-bottom: 70px }
  .head, .subhead, .byline, .address, .salute { text-align: center; text-indent: 0; hyphens: none }
  .head { font-weight: bold; font-size: 31px; margin: 22px 0 10px }
  .subhead { font-weight: bold; margin-bottom: 26px }
  .byline { font-variant: small-caps; margin-bottom: 48px }
  .address { font-weight: bold; margin: 8px 0 20px }
  .salute { margin-bottom: 10px }
  .signed, .dateline { text-align: right; text-indent: 0; margin-top: 14px; font-style: italic }
  .source { font-size: 22px; margin: 18px 0 6px; text-align: left }
  footer { margin-top: auto; font-size: 20px; line-height: 1.24 }
  footer div { border-top: 1px solid; padding-top: 10px; margin-top: 20px }
  sup { font-size: .62em; line-height: 0 }
  .statement { text-align: center; text-indent: 0; margin-top: 34px; font: italic 19px C059, serif; color: #6a5f50 }`;

function sheet(page: string, { body, foot }: { body: string[]; foot: string[] }): string {
  const isLeft = Number(page) % 2 === 0;
  const isFirst = page === [...pages.keys()][0];
  const running = isLeft
    ? `<span>${page}</span><span>SIMION GHEORGHIU</span><span></span>`
    : `<span></span><span>ROMANIAN-SOVIET RELATIONS, 1968</span><span>${page}</span>`;
  return `<!doctype html><html lang="en"><meta charset="utf-8"><style>${STYLE}</style><body>
    ${isFirst ? '' : `<header>${running}</header>`}<main>${body.join('')}</main>
    <footer>${foot.length > 0 ? `<div>${foot.join('')}</div>` : ''}<p class="statement">${STATEMENT}.</p></footer>`;
}

await mkdir(TARGET, { recursive: true });
const browser = await chromium.launch(await browserOptions());
const view = await browser.newPage({ viewport: SHEET });
for (const [page, content] of pages) {
  await view.setContent(sheet(page, content));
  const height = await view.evaluate(() => document.documentElement.scrollHeight);
  if (height > SHEET.height)
    throw new Error(`Page ${page} is ${height - SHEET.height} pixels too long for its sheet.`);
  const picture = await view.screenshot();
  const small = await sharp(picture).webp({ quality: 60, smartSubsample: true, effort: 6 }).toBuffer();
  await writeFile(`${TARGET}/${page}.webp`, small);
  console.log(`${page}.webp\t${small.length} bytes`);
}
await browser.close();
