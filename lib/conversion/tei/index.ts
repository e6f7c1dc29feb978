import type { Root, Element as SourceElement } from 'hast';
import type { Element } from 'xast';
import { toXml } from 'xast-util-to-xml';
import type { NoticeList } from '../notices';
import type { ConversionMetadata, SourceFormat } from '../schema';
import { isElement, type SourceNode, textOf } from '../source-tree';
import type { WordTally } from '../word-tally';
import { blocks, flow } from './blocks';
import { countTei } from './count-tei';
import { nestDivisions } from './divisions';
import { takePendingAnchors } from './emit';
import { facsimileOf, type PageSurface } from './facsimile';
import { headerOf } from './header';
import { collectLinkIds } from './link-ids';
import type { TeiContext, TeiState } from './state';
import { tei } from './tei-node';

export const TEI_NAMESPACE = 'http://www.tei-c.org/ns/1.0';

/** The TEI of a source tree whose notes are resolved, as XML, with the words that it has. */
export function writeTei(
  root: Root,
  metadata: ConversionMetadata & { title: string },
  source: { format: SourceFormat; name: string | undefined },
  { notices, practices, surfaces }: { notices: NoticeList; practices: string[]; surfaces: PageSurface[] },
): { xml: string; tally: WordTally } {
  const state: TeiState = {
    notices,
    ids: collectLinkIds(root),
    pendingIds: [],
    placedNotes: new Set(),
    flow: (nodes, context) => flow(nodes, context, state),
  };
  const context: TeiContext = {
    language: metadata.language ?? undefined,
    outLanguage: metadata.language ?? undefined,
    direction: undefined,
    outDirection: undefined,
    isVerse: false,
    canDivide: true,
    isPreformatted: false,
  };
  const { front, body, back } = partsOf(root);
  const part = (nodes: SourceNode[]) => [
    ...nestDivisions(blocks(nodes, context, state)),
    ...takePendingAnchors(state),
  ];
  const text = tei('text', {}, [
    ...optional('front', part(front)),
    tei('body', {}, part(body)),
    ...optional('back', part(back)),
  ]);
  const document = tei('TEI', { xmlns: TEI_NAMESPACE, 'xml:lang': metadata.language ?? 'und' }, [
    headerOf(metadata, source, practices),
    ...(surfaces.length > 0 ? [facsimileOf(surfaces)] : []),
    text,
  ]);
  dropDanglingTargets(text);
  const xml = toXml({ type: 'root', children: [document] }, { closeEmptyElements: true, tightClose: true });
  return { xml: `<?xml version="1.0" encoding="UTF-8"?>\n${xml}\n`, tally: countTei(text) };
}

/** A link to something that has no place in the text, such as a left-out page, is none. */
function dropDanglingTargets(text: Element): void {
  const ids = new Set<unknown>();
  const refs: Element[] = [];
  const visit = (node: Element): void => {
    ids.add(node.attributes['xml:id']);
    if (node.name === 'ref') refs.push(node);
    for (const child of node.children) if (child.type === 'element') visit(child);
  };
  visit(text);
  for (const { attributes } of refs)
    if (attributes.target?.startsWith('#') && !ids.has(attributes.target.slice(1)))
      attributes.target = undefined;
}

function optional(name: string, children: Element['children']): Element[] {
  return children.length === 0 ? [] : [tei(name, {}, children)];
}

/** The nodes of a tree by the part of the book that they are in: a run of front matter at the start, of back matter at the end. */
function partsOf(root: Root): Record<'front' | 'body' | 'back', SourceNode[]> {
  const nodes: SourceNode[] = root.children;
  const partOf = (node: SourceNode) => (isElement(node) ? (node as SourceElement).data?.part : undefined);
  const isBlank = (node: SourceNode) =>
    isElement(node) ? node.data?.leftOut !== undefined : textOf(node).trim() === '';
  let start = 0;
  let end = nodes.length;
  const at = (i: number) => nodes[i] as SourceNode;
  while (start < end && (isBlank(at(start)) || partOf(at(start)) === 'front')) start++;
  while (end > start && (isBlank(at(end - 1)) || partOf(at(end - 1)) === 'back')) end--;
  return { front: nodes.slice(0, start), body: nodes.slice(start, end), back: nodes.slice(end) };
}
