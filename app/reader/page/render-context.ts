import type { Edition } from '@/lib/edition/schema';
import type { Key, Translate } from '@/lib/i18n';

/** What the parts of a reading page are rendered with. */
export type PageContext = {
  edition: Edition;
  /** Id of the section that the page is for; its notes are on the same page. */
  page: string;
  t: Translate<Key<'reading'>>;
};

/** The element id of a correction's entry in the apparatus. */
export function apparatusEntryId(section: string, start: number): string {
  return `${section}.c${start}`;
}
