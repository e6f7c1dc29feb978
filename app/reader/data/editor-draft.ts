/** What a reader has begun to write: kept in the browser as it is typed, per person, group and place. */
import type { Kind, Visibility } from '@/lib/annotation/schema';
import type { Region } from '@/lib/canvas/schema';

/** Where a gloss goes: a passage with its words, or the whole section. */
export interface TextTarget {
  section: string;
  start: number | null;
  end: number | null;
  exact: string;
}

/** A part of a page image; `name` tells it from others that are being written on. */
export interface RegionTarget {
  name: string;
  canvas: string;
  /** The id of the image that it was drawn on. */
  image: string;
  region: Region;
}

/** What a draft will become. A gloss on a part of a page image has its passages, if any, in `more`. */
export type EditorTarget =
  | { what: 'gloss'; target: TextTarget; more?: TextTarget[]; drawn?: RegionTarget }
  | { what: 'reply'; to: string; root: string }
  | { what: 'edit'; id: string; root: string };

export interface DraftFields {
  body: string;
  kind: Kind;
  tags: string[];
  visibility: Visibility;
}

export interface EditorDraft {
  purpose: EditorTarget;
  fields: DraftFields;
  /** Whether its editor was open when it was last seen: such a draft comes back by itself. */
  open: boolean;
  /** Milliseconds since 1970. */
  saved: number;
}

/** Whose drafts, and in which group and page. */
export interface DraftScope {
  user: string;
  group: string;
  edition: string;
  section: string;
}

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

function deskPrefix({ user, group, edition, section }: DraftScope): string {
  return `${['scholion.draft', user, group, edition, section].map(encodeURIComponent).join('/')}/`;
}

/** All passages of a gloss that is being written, the first first; of one on a page image, those beside it. */
export function textTargetsOf({ target, more = [], drawn }: EditorTarget & { what: 'gloss' }): TextTarget[] {
  return drawn && target.start === null ? more : [target, ...more];
}

/** Whether a gloss that is being written stands on something that more can be added to. */
export function acceptsTargets(purpose: EditorTarget): purpose is EditorTarget & { what: 'gloss' } {
  return purpose.what === 'gloss' && (purpose.target.start !== null || purpose.drawn !== undefined);
}

/** The name of a draft within its desk. */
export function draftKey(purpose: EditorTarget): string {
  if (purpose.what === 'reply') return `reply:${purpose.to}`;
  if (purpose.what === 'edit') return `edit:${purpose.id}`;
  const { section, start, end } = purpose.target;
  if (start === null && purpose.drawn) return `gloss:image:${purpose.drawn.name}`;
  return `gloss:${section}:${start ?? ''}-${end ?? ''}`;
}

/** Keep a draft. False where the browser has no room or no permission for it. */
export function saveDraft(storage: Storage, desk: DraftScope, draft: EditorDraft): boolean {
  try {
    storage.setItem(deskPrefix(desk) + draftKey(draft.purpose), JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

/** The draft for a purpose, if there is one. */
export function loadDraft(storage: Storage, desk: DraftScope, purpose: EditorTarget): EditorDraft | null {
  return readDraft(storage, deskPrefix(desk) + draftKey(purpose));
}

/** Forget a draft: it was sent or thrown away. */
export function deleteDraft(storage: Storage, desk: DraftScope, purpose: EditorTarget): void {
  try {
    storage.removeItem(deskPrefix(desk) + draftKey(purpose));
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}

/** All drafts of a desk, the newest first. */
export function listDrafts(storage: Storage, desk: DraftScope): EditorDraft[] {
  const prefix = deskPrefix(desk);
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

function readDraft(storage: Storage, key: string): EditorDraft | null {
  try {
    const draft: unknown = JSON.parse(storage.getItem(key) ?? 'null');
    return isDraft(draft) ? draft : null;
  } catch {
    return null;
  }
}

/** What stands in storage may be from an older release, or from somebody's hand. */
function isDraft(value: unknown): value is EditorDraft {
  if (typeof value !== 'object' || value === null) return false;
  const { purpose, fields } = value as Partial<EditorDraft>;
  return typeof purpose?.what === 'string' && typeof fields?.body === 'string' && Array.isArray(fields.tags);
}
