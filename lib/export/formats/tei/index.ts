import { fragmentOf } from '@/lib/canvas/region';
import { escapeXml } from '@/lib/kernel/code-points';
import type { PassageRow } from '@/lib/target';
import type { FormatWriter } from '../../format-writer';
import type { Lookup } from '../../lookup';
import type { Chapter, RenderContext } from '../../render-context';
import type { ExportedAnnotation } from '../../spool-reader';
import { createPointers } from './pointers';

/** The values that `annotation/@motivation` may have (TEI P5 4.12). */
const MOTIVATIONS = [
  ...['assessing', 'bookmarking', 'classifying', 'commenting', 'describing', 'editing', 'highlighting'],
  ...['identifying', 'linking', 'moderating', 'questioning', 'replying', 'tagging'],
];

/**
 * The TEI source of the current revision of an edition, as it was imported, with the annotations on it (`chapters`) in
 * a `standOff` (TEI P5 §17.10): a `listAnnotation` for each thread, and an `annotation` whose target is the passage
 * (`string-range()`; where the file has no id for its paragraphs, the section's address with the characters of its
 * canonical text, RFC 5147), the region (its canvas with `#xywh=`), the section, or the annotation that it answers. Without
 * annotations the source is unchanged. Throws not_found.
 */
export async function* writeTei(
  slug: string,
  chapters: Chapter[],
  iris: RenderContext['iris'],
  lookup: Lookup,
): FormatWriter {
  const source = await lookup.source(slug);
  const depths = chapters.flatMap(({ threads }) => threads.flatMap((thread) => thread.depths));
  if (depths.length === 0) return source;
  const pointers = createPointers(source);
  // The end tag of the root; only comments, processing instructions and white space may follow.
  const end = source.search(/<\/[^\s<>]+\s*>(?:\s|<!--[\s\S]*?-->|<\?[\s\S]*?\?>)*$/);
  const isPrefixed = source.slice(end).startsWith('</TEI') === false;
  let text = `${source.slice(0, end)}<standOff${isPrefixed ? ' xmlns="http://www.tei-c.org/ns/1.0"' : ''}>\n`;
  for (const [i, depth] of depths.entries()) {
    const row = yield text;
    text = depth === 0 ? '<listAnnotation type="thread">\n' : '';
    text += annotationXml(row, iris, await targetsOf(row, depth), [
      ...(await Promise.all(row.passages.map(passageNote))),
      ...(await Promise.all(row.regions.map(regionNote))),
    ]);
    if (!depths[i + 1]) text += '</listAnnotation>\n';
  }
  return `${text}</standOff>\n${source.slice(end)}`;

  /** The parent of a reply, by its id where it is in this file; else the targets of a gloss. */
  async function targetsOf(
    { parentId, edition, section, passages, regions }: ExportedAnnotation,
    depth: number,
  ): Promise<string[]> {
    if (parentId !== null) return [depth > 0 ? `#note-${parentId}` : iris.annotations + parentId];
    const hasTargets = passages.length + regions.length > 0;
    const ranges = hasTargets ? passages : [{ edition, section, start: null, end: null }];
    return [
      ...(await Promise.all(ranges.map(pointersOf))).flat(),
      ...(await Promise.all(regions.map(pointerTo))),
    ];
  }

  /** The quote of a passage and its pointers; its anchor state is the subtype. */
  async function passageNote(passage: PassageRow): Promise<string> {
    if (passage.exact === null) return '';
    const target = (await pointersOf(passage)).join(' ');
    const quote = element('quote', {}, [escapeXml(passage.exact)]);
    return element('note', { type: 'passage', subtype: passage.anchor, target }, [quote]);
  }

  /** Pointers into this file; the section's IRI for another edition, or where the section does not exist any more. */
  async function pointersOf({ edition, section: id, start, end }: TargetRange): Promise<string[]> {
    const { iri, section } = await lookup.section(edition, id);
    if (edition !== slug || !section) return [iri];
    if (start === null || end === null) return [pointers.hasId(id) ? `#${id}` : iri];
    return pointers.toPassage(section, start, end) ?? [`${iri}#char=${start},${end}`];
  }

  /** A region by the IRI of its canvas and a media fragment. */
  async function pointerTo({ edition, canvas, ...region }: Region): Promise<string> {
    const { iri } = await lookup.canvas(edition, canvas);
    return `${iri}#${fragmentOf(region)}`;
  }

  /** A region; its content is the shape in SVG, where it is not a rectangle. */
  async function regionNote(region: Region): Promise<string> {
    const shape = region.svg === null ? [] : [escapeXml(region.svg)];
    const target = await pointerTo(region);
    return element('note', { type: 'region', subtype: region.anchor, target }, shape);
  }
}

type Region = ExportedAnnotation['regions'][number];
type TargetRange = Pick<PassageRow, 'edition' | 'section' | 'start' | 'end'>;

function annotationXml(
  row: ExportedAnnotation,
  iris: RenderContext['iris'],
  targets: string[],
  targetNotes: string[],
): string {
  const { motivation, creator = { id: iris.people + row.authorId } } = row.jsonLd;
  const motivations = [motivation].flat().filter((name) => MOTIVATIONS.includes(String(name)));
  const author = personOf(creator, row);
  const kind = row.parentId === null ? row.kind : 'reply';
  return element(
    'annotation',
    {
      'xml:id': `note-${row.id}`,
      motivation: motivations.join(' '),
      target: targets.join(' '),
      corresp: iris.annotations + row.id,
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
      ...targetNotes,
      row.body === '' ? '' : note(kind, paragraphsOf(row.body)),
      row.reading === null ? '' : note('reading', [escapeXml(row.reading)]),
      row.citation === null ? '' : note('citation', [citationXml(row.citation, row.citationAddress)]),
      ...row.tags.map((tag) => note('tag', [escapeXml(tag)])),
      row.visibility === 'group' ? '' : note('visibility', [row.visibility]),
      row.reason ? note('reason', [escapeXml(row.reason)]) : '',
    ],
  );
}

/** A citation as `bibl`, whose address is a `ref` (TEI P5 §3.12). */
function citationXml(citation: string, address: string | null): string {
  const where = address === null ? [] : [' ', element('ref', { target: address }, [escapeXml(address)])];
  return element('bibl', {}, [escapeXml(citation), ...where]);
}

/** IRI and name of the author, as in the Web Annotation. */
function personOf(creator: unknown, row: ExportedAnnotation): { iri: string; name: string } {
  const { id, name } = ([creator].flat()[0] ?? {}) as { id?: unknown; name?: unknown };
  return {
    iri: typeof id === 'string' && /^[a-z][a-z0-9+.-]*:\S+$/i.test(id) ? id : '',
    name: typeof name === 'string' ? name : row.authorName,
  };
}

/** The Markdown source in paragraphs, with its line breaks. */
function paragraphsOf(body: string): string[] {
  return body
    .split(/\n\s*\n/)
    .filter((paragraph) => paragraph.trim() !== '')
    .map((paragraph) => element('p', {}, [escapeXml(paragraph.trim()).replaceAll('\n', '<lb/>')]));
}

function note(type: string, content: string[]): string {
  return element('note', { type }, content);
}

/** An XML element; attributes without a value are left out. */
function element(name: string, attributes: Record<string, string>, content: string[]): string {
  const given = Object.entries(attributes).filter(([, value]) => value !== '');
  const head = `<${name}${given.map(([key, value]) => ` ${key}="${escapeXml(value)}"`).join('')}`;
  const inner = content.join('');
  const lineEnd = name === 'annotation' ? '\n' : '';
  return inner === '' ? `${head}/>${lineEnd}` : `${head}>${inner}</${name}>${lineEnd}`;
}
