import { iriOf, type Passage, type Row } from '@/lib/annotation';
import { getSource } from '@/lib/edition';
import { sourceOf, toJsonLd } from '@/lib/w3c';
import { sectionFinder } from '../places';
import { chaptersOf } from '../reading-order';
import type { Entry, Selection } from '../selection';
import { type Pointers, pointersInto } from './pointers';

/** What `annotation/@motivation` may say (TEI P5 4.12): the W3C's words but for one. */
const MOTIVATIONS = [
  ...['assessing', 'bookmarking', 'classifying', 'commenting', 'describing', 'editing', 'highlighting'],
  ...['identifying', 'linking', 'moderating', 'questioning', 'replying', 'tagging'],
];

/**
 * The TEI source of the current revision of `edition`, as it was imported, with the notes on it in a `standOff`
 * (TEI P5 §17.10): a `listAnnotation` a thread, an `annotation` a note, whose target is the passage
 * (`string-range()`), the section, or the annotation that it answers. Where there are no notes, the source alone.
 * Throws not_found.
 */
export async function* teiOf(edition: string, selection: Selection): AsyncGenerator<string> {
  const source = await getSource(edition);
  const entries = selection.entries.filter((entry) => entry.edition === edition);
  if (entries.length === 0) {
    yield source;
    return;
  }
  // The root's end; behind it only comments and white space may stand.
  const end = source.search(/<\/TEI\s*>(?:\s|<!--[\s\S]*?-->|<\?[\s\S]*?\?>)*$/);
  yield source.slice(0, end);
  yield '<standOff>\n';
  yield* annotations(edition, selection, entries, pointersInto(source));
  yield `</standOff>\n${source.slice(end)}`;
}

async function* annotations(
  slug: string,
  selection: Selection,
  entries: Entry[],
  pointersTo: Pointers,
): AsyncGenerator<string> {
  const sectionOf = sectionFinder();
  const here = new Set(entries.map(({ id }) => id));
  const turns = (await chaptersOf(entries)).flatMap(({ threads }) => threads.flat());
  let next = 0;
  for await (const row of selection.rows(turns.map(({ entry }) => entry))) {
    if (turns[next]?.depth === 0) yield '<listAnnotation type="thread">\n';
    next++;
    yield annotation(row, await targetsOf(row), await Promise.all(row.passages.map(passageNote)));
    if (!turns[next]?.depth) yield '</listAnnotation>\n';
  }

  async function targetsOf({ parentId, groupSlug, edition, section, passages }: Row): Promise<string[]> {
    if (parentId !== null)
      return [here.has(parentId) ? `#note-${parentId}` : iriOf({ groupSlug, id: parentId })];
    const places = passages.length > 0 ? passages : [{ edition, section, start: null, end: null }];
    return (await Promise.all(places.map(pointersOf))).flat();
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

function annotation(row: Row, targets: string[], passages: string[]): string {
  const { motivation, creator } = toJsonLd(row);
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
      ...passages,
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

/** Text as XML 1.0 has it (§2.2, §2.4): what is no character there becomes U+FFFD. */
function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replace(/[&<>"\t\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}
