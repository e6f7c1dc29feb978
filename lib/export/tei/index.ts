import { iriOf, type Passage, type Row } from '@/lib/annotation';
import { canvasIri, fragmentOf } from '@/lib/canvas';
import { getSource } from '@/lib/edition';
import { escapeXml } from '@/lib/kernel/text';
import { sourceOf } from '@/lib/w3c';
import { annotationOf } from '../json-ld';
import { sectionFinder } from '../places';
import type { Chapter } from '../reading-order';
import type { Writing } from '../writing';
import { pointersInto } from './pointers';

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
export async function* writeTei(slug: string, chapters: Chapter[]): Writing {
  const source = await getSource(slug);
  const turns = chapters.flatMap(({ threads }) => threads.flat());
  if (turns.length === 0) return source;
  const pointersTo = pointersInto(source);
  const sectionOf = sectionFinder();
  const here = new Set(turns.map(({ entry }) => entry.id));
  // The root's end; behind it only comments and white space may stand.
  const end = source.search(/<\/TEI\s*>(?:\s|<!--[\s\S]*?-->|<\?[\s\S]*?\?>)*$/);
  let text = `${source.slice(0, end)}<standOff>\n`;
  for (const [i, { depth }] of turns.entries()) {
    const row = yield text;
    text = depth === 0 ? '<listAnnotation type="thread">\n' : '';
    text += annotation(row, await targetsOf(row), [
      ...(await Promise.all(row.passages.map(passageNote))),
      ...row.regions.map(regionNote),
    ]);
    if (!turns[i + 1]?.depth) text += '</listAnnotation>\n';
  }
  return `${text}</standOff>\n${source.slice(end)}`;

  async function targetsOf({
    parentId,
    groupSlug,
    edition,
    section,
    passages,
    regions,
  }: Row): Promise<string[]> {
    if (parentId !== null)
      return [here.has(parentId) ? `#note-${parentId}` : iriOf({ groupSlug, id: parentId })];
    const isOn = passages.length + regions.length > 0;
    const places = isOn ? passages : [{ edition, section, start: null, end: null }];
    return [...(await Promise.all(places.map(pointersOf))).flat(), ...regions.map(pointerTo)];
  }

  /** The words of a passage, as they were chosen, and where they are; how surely they are found is the subtype. */
  async function passageNote(passage: Passage): Promise<string> {
    if (passage.exact === null) return '';
    const target = (await pointersOf(passage)).join(' ');
    const quote = element('quote', {}, [escapeXml(passage.exact)]);
    return element('note', { type: 'passage', subtype: passage.anchor, target }, [quote]);
  }

  /** A place in this edition is an id in this file; one elsewhere, or lost, its IRI. */
  async function pointersOf({ edition, section: id, start, end }: Place): Promise<string[]> {
    const section = edition === slug ? await sectionOf(edition, id) : null;
    if (!section) return [sourceOf(edition, id)];
    return start === null || end === null ? [`#${id}`] : pointersTo(section, start, end);
  }
}

type Place = Pick<Passage, 'edition' | 'section' | 'start' | 'end'>;

function annotation(row: Row, targets: string[], places: string[]): string {
  const { motivation, creator } = annotationOf(row);
  const said = [motivation].flat().filter((each) => MOTIVATIONS.includes(String(each)));
  const author = personOf(creator, row);
  const kind = row.parentId === null ? row.kind : 'reply';
  return element(
    'annotation',
    {
      'xml:id': `note-${row.id}`,
      motivation: said.join(' '),
      target: targets.join(' '),
      corresp: iriOf(row),
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
function personOf(creator: unknown, row: Row): { iri: string; name: string } {
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

type Region = Row['regions'][number];

/** A part of a page image by the IRI of its canvas and a media fragment. */
function pointerTo({ edition, canvas, ...region }: Region): string {
  return `${canvasIri(edition, canvas)}#${fragmentOf(region)}`;
}

/** A region; its shape in SVG where it is no rectangle. */
function regionNote(region: Region): string {
  const shape = region.svg === null ? [] : [escapeXml(region.svg)];
  return element('note', { type: 'region', subtype: region.anchor, target: pointerTo(region) }, shape);
}
