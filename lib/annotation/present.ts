import { config } from '@/lib/config';
import { isMuted, type Membership, type Viewer } from '@/lib/identity/schema';
import { renderMarkdown } from '@/lib/markdown';
import { type AnnotationFacts, abilities, type GivenRole, roleIn } from '@/lib/policy';
import { isUnanchored, type PassageRow } from '@/lib/target';
import type { Passage, PlacedRegion } from '@/lib/target/schema';
import type { Annotation } from './schema';
import type * as store from './store';

type Row = store.AnnotationRow;

/** What a membership says of writing in its group. */
type WritingLimits = Pick<Membership, 'archived' | 'readOnly' | 'mutedUntil'>;

/** The part of a viewer that policy needs. */
export type ViewerFacts = {
  id: string | null;
  scope: Viewer['scope'];
  memberships: (GivenRole & { groupId: string } & WritingLimits)[];
};

/** The facts about `row` and `viewer` that policy needs. */
export function factsOf(viewer: ViewerFacts, row: store.PolicyRow): AnnotationFacts {
  const { state, visibility, locked, pinned, endorsed, resolved } = row;
  const mine = row.authorId === viewer.id;
  return {
    role: roleIn(viewer, row.groupId),
    ...scopeFacts(viewer),
    mine,
    root: row.parentId === null,
    ...limitsOf(viewer, row.groupId),
    state,
    visibility,
    locked,
    pinned,
    endorsed,
    resolved,
    readable: row.passagesShown,
    unanchored: [...row.passages, ...row.regions].some(isUnanchored),
    returned: row.returned,
    edited: row.editedAt !== null,
    appealable: row.appealable,
    appeal: row.appeal,
  };
}

/** What a viewer's session or token lets them do at all. */
function scopeFacts({ scope }: ViewerFacts) {
  return { writes: scope !== 'read', moderates: scope === 'session' || scope === 'moderate' };
}

/** Whether the group of an annotation, or the viewer in it, writes nothing now. */
function limitsOf({ memberships }: ViewerFacts, groupId: string) {
  const own = memberships.find((membership) => membership.groupId === groupId);
  return {
    archived: own?.archived === true,
    readOnly: own?.readOnly === true,
    muted: own !== undefined && isMuted(own),
  };
}

/**
 * All of a viewer, beside whether they wrote it, that an annotation of a group is presented by: for the same kind of
 * viewer, `factsOf` gives the same.
 */
export function viewerKind(viewer: ViewerFacts, groupId: string): string {
  const { writes, moderates } = scopeFacts(viewer);
  const { archived, readOnly, muted } = limitsOf(viewer, groupId);
  const limits = `${archived ? 'a' : ''}${readOnly ? 'r' : ''}${muted ? 'm' : ''}`;
  return `${roleIn(viewer, groupId) ?? 'nobody'}${moderates ? '+' : writes ? '-' : '='}${limits}`;
}

/** The IRI of an annotation (design.md, Public surface): minted from the configured address. */
export function iriOf(row: { groupSlug: string; id: string }): string {
  return `${config().address}/groups/${row.groupSlug}/annotations/${row.id}`;
}

/** Annotations as the API gives them to `viewer`, in the order of their rows. */
export async function presentAnnotations(viewer: ViewerFacts, rows: Row[]): Promise<Annotation[]> {
  const html = await renderMarkdown(rows.map(({ body }) => body));
  return rows.map((row, i) => presentWithHtml(viewer, row, html[i] ?? ''));
}

/** An annotation as the API gives it to `viewer`, of a row that they were just given. */
export async function presentAnnotation(viewer: ViewerFacts, row: Row): Promise<Annotation> {
  const [html = ''] = await renderMarkdown([row.body]);
  return presentWithHtml(viewer, row, html);
}

function presentWithHtml(viewer: ViewerFacts, row: Row, html: string): Annotation {
  const facts = factsOf(viewer, row);
  const passages = row.passages.map(presentPassage);
  const [first] = passages;
  const [region] = row.regions;
  return {
    id: row.id,
    iri: iriOf(row),
    group: row.groupSlug,
    edition: row.edition,
    section: row.section,
    revision: first?.revision ?? row.revision,
    start: first?.start ?? null,
    end: first?.end ?? null,
    exact: first?.exact ?? null,
    prefix: first?.prefix ?? null,
    suffix: first?.suffix ?? null,
    anchor: first?.anchor ?? region?.anchor ?? null,
    anchorRevision: first?.anchorRevision ?? row.revision,
    written: first?.written ?? null,
    passages,
    canvas: region?.canvas ?? null,
    region: region ? boundsOf(region) : null,
    regions: row.regions,
    kind: row.kind,
    body: row.body,
    html,
    tags: row.tags,
    reading: row.reading,
    citation: citationOf(row),
    visibility: row.visibility,
    state: row.state,
    reason: row.reason,
    author: { id: row.authorId, name: row.authorName },
    assignment: row.assignmentId,
    late: row.late,
    parent: row.parentId,
    root: row.rootId,
    replies: row.replies,
    version: row.version,
    created: row.createdAt.toISOString(),
    modified: row.modifiedAt.toISOString(),
    edited: row.editedAt?.toISOString() ?? null,
    returned: row.returned,
    appealed: row.appeal !== 'none',
    locked: row.locked,
    pinned: row.pinned,
    endorsed: row.endorsed,
    resolved: row.resolved,
    agreements: row.agreements,
    agreed: row.agreed,
    mine: facts.mine,
    can: abilities(facts),
  };
}

/** The citation of a source as the API gives it. */
export function citationOf({
  citation,
  citationAddress,
}: {
  citation: string | null;
  citationAddress: string | null;
}): Annotation['citation'] {
  return citation === null ? null : { text: citation, address: citationAddress };
}

function boundsOf({ x, y, w, h, svg }: PlacedRegion): Annotation['region'] {
  return { x, y, w, h, svg };
}

function presentPassage({ writtenStart, writtenEnd, ...passage }: PassageRow): Passage {
  const { revision } = passage;
  const isKnown = writtenStart !== null && writtenEnd !== null;
  return { ...passage, written: isKnown ? { revision, start: writtenStart, end: writtenEnd } : null };
}
