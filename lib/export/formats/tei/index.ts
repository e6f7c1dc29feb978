import type { PassageRow } from '@/lib/annotation';
import { fragmentOf } from '@/lib/canvas/region';
import { escapeXml } from '@/lib/kernel/code-points';
import type { FormatWriter } from '../../format-writer';
import type { Lookup } from '../../lookup';
import type { Chapter, RenderContext } from '../../render-context';
import type { ExportedAnnotation } from '../../spool-reader';
import { createPointers } from './pointers';

/** What `annotation/@motivation` may say (TEI P5 4.12): the W3C's words but for one. */
const MOTIVATIONS = [
  ...['assessing', 'bookmarking', 'classifying', 'commenting', 'describing', 'editing', 'highlighting'],
  ...['identifying', 'linking', 'moderating', 'questioning', 'replying', 'tagging'],
];

/**
 * The TEI source of the current revision of an edition, as it was imported, with the notes on it (`chapters`) in a
 * `standOff` (TEI P5 §17.10): a `listAnnotation` a thread, an `annotation` a note, whose target is the passage
 * (`string-range()`), the part of a page image (its canvas with `#xywh=`), the section, or the annotation that it answers. Where there are no notes, the source alone.
 * Throws not_found.
 */
export async function* writeTei(
  slug: string,
  chapters: Chapter[],
  iris: RenderContext['iris'],
  library: Lookup,
): FormatWriter {
  const source = await library.source(slug);
  const depths = chapters.flatMap(({ threads }) => threads.flatMap((thread) => thread.depths));
  if (depths.length === 0) return source;
  const pointersTo = createPointers(source);
  // The root's end; behind it only comments and white space may stand.
  const end = source.search(/<\/TEI\s*>(?:\s|<!--[\s\S]*?-->|<\?[\s\S]*?\?>)*$/);
  let text = `${source.slice(0, end)}<standOff>\n`;
  for (const [i, depth] of depths.entries()) {
    const row = yield text;
    text = depth === 0 ? '<listAnnotation type="thread">\n' : '';
    text += annotation(row, iris, await targetsOf(row, depth), [
      ...(await Promise.all(row.passages.map(passageNote))),
      ...(await Promise.all(row.regions.map(regionNote))),
    ]);
    if (!depths[i + 1]) text += '</listAnnotation>\n';
  }
  return `${text}</standOff>\n${source.slice(end)}`;

  /** What a note answers, which is in this file but for a thread's beginning; else its places. */
  async function targetsOf(
    { parentId, edition, section, passages, regions }: ExportedAnnotation,
    depth: number,
  ): Promise<string[]> {
    if (parentId !== null) return [depth > 0 ? `#note-${parentId}` : iris.notes + parentId];
    const isOn = passages.length + regions.length > 0;
    const places = isOn ? passages : [{ edition, section, start: null, end: null }];
    return [
      ...(await Promise.all(places.map(pointersOf))).flat(),
      ...(await Promise.all(regions.map(pointerTo))),
    ];
  }

  /** The words of a passage, as they were chosen, and where they are; how surely they are found is the subtype. */
  async function passageNote(passage: PassageRow): Promise<string> {
    if (passage.exact === null) return '';
    const target = (await pointersOf(passage)).join(' ');
    const quote = element('quote', {}, [escapeXml(passage.exact)]);
    return element('note', { type: 'passage', subtype: passage.anchor, target }, [quote]);
  }

  /** A place in this edition is an id in this file; one elsewhere, or lost, its IRI. */
  async function pointersOf({ edition, section: id, start, end }: TargetRange): Promise<string[]> {
    const { iri, section } = await library.section(edition, id);
    if (edition !== slug || !section) return [iri];
    return start === null || end === null ? [`#${id}`] : pointersTo(section, start, end);
  }

  /** A part of a page image by the IRI of its canvas and a media fragment. */
  async function pointerTo({ edition, canvas, ...region }: Region): Promise<string> {
    const { iri } = await library.canvas(edition, canvas);
    return `${iri}#${fragmentOf(region)}`;
  }

  /** A region; its shape in SVG where it is no rectangle. */
  async function regionNote(region: Region): Promise<string> {
    const shape = region.svg === null ? [] : [escapeXml(region.svg)];
    const target = await pointerTo(region);
    return element('note', { type: 'region', subtype: region.anchor, target }, shape);
  }
}

type Region = ExportedAnnotation['regions'][number];
type TargetRange = Pick<PassageRow, 'edition' | 'section' | 'start' | 'end'>;

function annotation(
  row: ExportedAnnotation,
  iris: RenderContext['iris'],
  targets: string[],
  places: string[],
): string {
  const { motivation, creator = { id: iris.people + row.authorId } } = row.said;
  const said = [motivation].flat().filter((each) => MOTIVATIONS.includes(String(each)));
  const author = personOf(creator, row);
  const kind = row.parentId === null ? row.kind : 'reply';
  return element(
    'annotation',
    {
      'xml:id': `note-${row.id}`,
      motivation: said.join(' '),
      target: targets.join(' '),
      corresp: iris.notes + row.id,
    },
    [
      element('respStmt', {}, [
        element('resp', {}, ['author']),
        element('persName', { ref: author.iri }, [escapeXml(author.name)]),
      ]),
      element('revisionDesc', { status: row.state }, [
        element('change', { status: 'created', when: row.createdAt.toISOString(), who: author.iri }, []),
        element('change', { status: 'modified', when: row.modifiedAt.toISOString() }, []),
      ]),
      ...places,
      row.body === '' ? '' : note(kind, paragraphsOf(row.body)),
      ...row.tags.map((tag) => note('tag', [escapeXml(tag)])),
      row.visibility === 'group' ? '' : note('visibility', [row.visibility]),
      row.reason ? note('reason', [escapeXml(row.reason)]) : '',
    ],
  );
}

/** The author by IRI and name, as the Web Annotation has them. */
function personOf(creator: unknown, row: ExportedAnnotation): { iri: string; name: string } {
  const { id, name } = ([creator].flat()[0] ?? {}) as { id?: unknown; name?: unknown };
  return {
    iri: typeof id === 'string' && /^[a-z][a-z0-9+.-]*:\S+$/i.test(id) ? id : '',
    name: typeof name === 'string' ? name : row.authorName,
  };
}

/** Markdown as it was typed: its paragraphs and its line ends. */
function paragraphsOf(body: string): string[] {
  return body
    .split(/\n\s*\n/)
    .filter((paragraph) => paragraph.trim() !== '')
    .map((paragraph) => element('p', {}, [escapeXml(paragraph.trim()).replaceAll('\n', '<lb/>')]));
}

function note(type: string, content: string[]): string {
  return element('note', { type }, content);
}

/** An element on a line of its own where it holds elements; attributes without a value are left out. */
function element(name: string, attributes: Record<string, string>, content: string[]): string {
  const said = Object.entries(attributes).filter(([, value]) => value !== '');
  const head = `<${name}${said.map(([key, value]) => ` ${key}="${escapeXml(value)}"`).join('')}`;
  const inside = content.join('');
  const end = name === 'annotation' ? '\n' : '';
  return inside === '' ? `${head}/>${end}` : `${head}>${inside}</${name}>${end}`;
}
