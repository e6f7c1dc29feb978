/** The words at which a reader has begun a link to words on another page: kept by the browser until it is made. */
import { readSetting, writeSetting } from '@/app/_ui/stored-setting';
import type { TextTarget } from './editor-draft';

const KEY = 'scholion.link';

/** The passage, and the beginning of its words for a button. */
export type LinkStart = TextTarget & { edition: string; text: string };

export function keepLinkStart(start: LinkStart | null): void {
  writeSetting(KEY, start && JSON.stringify(start));
}

/** Null where no link was begun, or what the browser keeps is none. */
export function readLinkStart(): LinkStart | null {
  try {
    const start: LinkStart | null = JSON.parse(readSetting(KEY) ?? 'null');
    return typeof start?.edition === 'string' && typeof start.section === 'string' ? start : null;
  } catch {
    return null;
  }
}
