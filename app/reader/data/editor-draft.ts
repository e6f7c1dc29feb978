/** What a reader has begun to write: kept in the browser as it is typed, per person, group and place. */
import type { Kind, Visibility } from '@/lib/annotation/schema';
import type { Region } from '@/lib/canvas/schema';

/** Where a gloss goes: a passage with its words, or the whole section. */
export interface Target {
  section: string;
  start: number | null;
  end: number | null;
  exact: string;
}

/** A part of a page image; `name` tells it from others that are being written on. */
export interface Drawn {
  name: string;
  canvas: string;
  /** The id of the image that it was drawn on. */
  image: string;
  region: Region;
}

/** What a draft will become. A gloss on a part of a page image has its passages, if any, in `more`. */
export type Purpose =
  | { what: 'gloss'; target: Target; more?: Target[]; drawn?: Drawn }
  | { what: 'reply'; to: string; root: string }
  | { what: 'edit'; id: string; root: string };

export interface Fields {
  body: string;
  kind: Kind;
  tags: string[];
  visibility: Visibility;
}

export interface Draft {
  purpose: Purpose;
  fields: Fields;
  /** Whether its editor was open when it was last seen: such a draft comes back by itself. */
  open: boolean;
  /** Milliseconds since 1970. */
  saved: number;
}

/** Whose drafts, and in which group and page. */
export interface Desk {
  user: string;
  group: string;
  edition: string;
  section: string;
}

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

function deskPrefix({ user, group, edition, section }: Desk): string {
  return `${['scholion.draft', user, group, edition, section].map(encodeURIComponent).join('/')}/`;
}

/** All passages of a gloss that is being written, the first first; of one on a page image, those beside it. */
export function targetsOf({ target, more = [], drawn }: Purpose & { what: 'gloss' }): Target[] {
  return drawn && target.start === null ? more : [target, ...more];
}

/** Whether a gloss that is being written stands on something that more can be added to. */
export function takesMore(purpose: Purpose): purpose is Purpose & { what: 'gloss' } {
  return purpose.what === 'gloss' && (purpose.target.start !== null || purpose.drawn !== undefined);
}

/** The name of a draft within its desk. */
export function draftName(purpose: Purpose): string {
  if (purpose.what === 'reply') return `reply:${purpose.to}`;
  if (purpose.what === 'edit') return `edit:${purpose.id}`;
  const { section, start, end } = purpose.target;
  if (start === null && purpose.drawn) return `gloss:image:${purpose.drawn.name}`;
  return `gloss:${section}:${start ?? ''}-${end ?? ''}`;
}

/** Keep a draft. False where the browser has no room or no permission for it. */
export function saveDraft(storage: Storage, desk: Desk, draft: Draft): boolean {
  try {
    storage.setItem(deskPrefix(desk) + draftName(draft.purpose), JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

/** The draft for a purpose, if there is one. */
export function loadDraft(storage: Storage, desk: Desk, purpose: Purpose): Draft | null {
  return readDraft(storage, deskPrefix(desk) + draftName(purpose));
}

/** Forget a draft: it was sent or thrown away. */
export function dropDraft(storage: Storage, desk: Desk, purpose: Purpose): void {
  try {
    storage.removeItem(deskPrefix(desk) + draftName(purpose));
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}

/** All drafts of a desk, the newest first. */
export function listDrafts(storage: Storage, desk: Desk): Draft[] {
  const prefix = deskPrefix(desk);
  const drafts: Draft[] = [];
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

function readDraft(storage: Storage, key: string): Draft | null {
  try {
    const draft: unknown = JSON.parse(storage.getItem(key) ?? 'null');
    return isDraft(draft) ? draft : null;
  } catch {
    return null;
  }
}

/** What stands in storage may be from an older release, or from somebody's hand. */
function isDraft(value: unknown): value is Draft {
  if (typeof value !== 'object' || value === null) return false;
  const { purpose, fields } = value as Partial<Draft>;
  return typeof purpose?.what === 'string' && typeof fields?.body === 'string' && Array.isArray(fields.tags);
}
