/** What a reader types before it is sent: kept in the browser, by person, group and page. */
import type { Kind, Visibility } from '@/lib/annotation/schema';
import type { Region } from '@/lib/canvas/schema';

/** A passage with its words that a gloss is on, or a whole section, which has no offsets. */
export interface TextTarget {
  /** Where it stands in another edition than the page. */
  edition?: string;
  section: string;
  start: number | null;
  end: number | null;
  exact: string;
}

/** A region of a page image that a gloss is on. */
export interface RegionTarget {
  /** Distinguishes the drafts of several regions. */
  name: string;
  canvas: string;
  /** The id of the image that it was drawn on. */
  image: string;
  region: Region;
}

/** What the editor will send. A gloss on a region has its passages, if any, in `more`. */
export type EditorTarget =
  | { what: 'gloss'; target: TextTarget; more?: TextTarget[]; drawn?: RegionTarget }
  | { what: 'reply'; to: string; root: string }
  | { what: 'edit'; id: string; root: string };

/** The target of a new gloss. */
export type GlossTarget = EditorTarget & { what: 'gloss' };

export interface DraftFields {
  body: string;
  kind: Kind;
  tags: string[];
  visibility: Visibility;
  /** The reading of a variant, the citation of a source and its address; drafts of earlier releases have none. */
  reading?: string;
  citation?: string;
  address?: string;
}

/** A draft as it is stored. Its names are those of drafts that browsers keep from earlier releases. */
export interface EditorDraft {
  purpose: EditorTarget;
  fields: DraftFields;
  /** Whether its editor was open when it was saved: such a draft opens again by itself. */
  open: boolean;
  /** Milliseconds since 1970. */
  saved: number;
  /** What the draft is called when it is sent (`newDraftName`); drafts of earlier releases have none. */
  name?: string;
  /** What the note said when its change was begun. */
  from?: DraftOrigin;
}

/** A version of a note, and what it said then. */
export interface DraftOrigin {
  version: number;
  fields: DraftFields;
}

/** Whether a note says something else than when a change of it was begun; what only staff does to it, such as to pin it, is no change. */
export function isChangedSince(from: DraftOrigin | undefined, now: DraftOrigin | undefined): boolean {
  if (!from || !now || from.version === now.version) return false;
  const wordsOf = ({ fields: { body, kind, tags, visibility, ...parts } }: DraftOrigin) =>
    JSON.stringify([body, kind, tags, visibility, partsToSend({ kind, ...parts })]);
  return wordsOf(from) !== wordsOf(now);
}

/** What the fields of a kind are as the API takes them: an address without a citation is the citation itself. */
export function partsToSend({
  kind,
  reading = '',
  citation = '',
  address = '',
}: Pick<DraftFields, 'kind' | 'reading' | 'citation' | 'address'>): {
  reading?: string | null;
  citation?: { text: string; address: string | null } | null;
} {
  const url = address.trim();
  const text = citation.trim() || url;
  if (kind === 'variant') return { reading: reading.trim() || null };
  return kind === 'source' ? { citation: text === '' ? null : { text, address: url || null } } : {};
}

/** A random name for a draft: sent again after an answer that was lost, it still makes one note. */
export function newDraftName(): string {
  return [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join('');
}

/** The person, group and page that drafts belong to. */
export interface DraftScope {
  user: string;
  group: string;
  edition: string;
  section: string;
}

type DraftStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

function scopePrefix({ user, group, edition, section }: DraftScope): string {
  return `${['scholion.draft', user, group, edition, section].map(encodeURIComponent).join('/')}/`;
}

/** All passages of a new gloss in order; of a gloss on a region, those besides it. */
export function textTargetsOf({ target, more = [], drawn }: GlossTarget): TextTarget[] {
  return drawn && target.start === null ? more : [target, ...more];
}

/** Whether passages or a region can be added to what is written: a gloss on a whole section takes none. */
export function acceptsTargets(purpose: EditorTarget): purpose is GlossTarget {
  return purpose.what === 'gloss' && (purpose.target.start !== null || purpose.drawn !== undefined);
}

/** The key of a draft within its scope. */
export function draftKey(purpose: EditorTarget): string {
  if (purpose.what === 'reply') return `reply:${purpose.to}`;
  if (purpose.what === 'edit') return `edit:${purpose.id}`;
  const { section, start, end } = purpose.target;
  if (start === null && purpose.drawn) return `gloss:image:${purpose.drawn.name}`;
  return `gloss:${section}:${start ?? ''}-${end ?? ''}`;
}

/** Saves a draft. False where the browser has no room or no permission for it. */
export function saveDraft(storage: DraftStorage, scope: DraftScope, draft: EditorDraft): boolean {
  try {
    storage.setItem(scopePrefix(scope) + draftKey(draft.purpose), JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

/** The draft for a target, or null. */
export function loadDraft(
  storage: DraftStorage,
  scope: DraftScope,
  purpose: EditorTarget,
): EditorDraft | null {
  return readDraft(storage, scopePrefix(scope) + draftKey(purpose));
}

/** Deletes a draft that was sent or discarded. */
export function deleteDraft(storage: DraftStorage, scope: DraftScope, purpose: EditorTarget): void {
  try {
    storage.removeItem(scopePrefix(scope) + draftKey(purpose));
  } catch {
    // A browser without storage has kept nothing.
  }
}

/** All drafts of a scope, the newest first. */
export function listDrafts(storage: DraftStorage, scope: DraftScope): EditorDraft[] {
  const prefix = scopePrefix(scope);
  const drafts: EditorDraft[] = [];
  try {
    for (let i = 0; i < storage.length; i++) {
      const key = storage.key(i);
      const draft = key?.startsWith(prefix) ? readDraft(storage, key) : null;
      if (draft) drafts.push(draft);
    }
  } catch {
    return [];
  }
  return drafts.sort((a, b) => b.saved - a.saved);
}

function readDraft(storage: DraftStorage, key: string): EditorDraft | null {
  try {
    const draft: unknown = JSON.parse(storage.getItem(key) ?? 'null');
    return isDraft(draft) ? draft : null;
  } catch {
    return null;
  }
}

/** Checks what storage holds, which an older release may have written, or a person by hand. */
function isDraft(value: unknown): value is EditorDraft {
  if (typeof value !== 'object' || value === null) return false;
  const { purpose, fields } = value as Partial<EditorDraft>;
  return typeof purpose?.what === 'string' && typeof fields?.body === 'string' && Array.isArray(fields.tags);
}
