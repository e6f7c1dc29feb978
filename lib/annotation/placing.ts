import { describePassage, findQuote, type Passage, resolveSelectors } from '@/lib/anchoring';
import type { transaction } from '@/lib/db';
import { getEdition, getSection, holdRevision, type Section } from '@/lib/edition';
import { AppError, type FieldError } from '@/lib/kernel/errors';
import { codePointLength, sliceCodePoints } from '@/lib/kernel/text';
import type { ForeignPlace, NewGloss } from './schema';
import type { NewPassage } from './store';

type Tx = Parameters<Parameters<typeof transaction>[0]>[0];

/** Where a gloss is to stand: its home, its passages, and the revisions of the texts that they were found in. */
export type Placing = {
  edition: string;
  section: string;
  revision: number;
  passages: NewPassage[];
  found: Map<string, number>;
};

/**
 * The passages that our own API asks for, verified against the current text; none for a note on the whole section.
 * Throws invalid with the field, where a section, an offset or a quote is not there.
 */
export async function placeOwn(input: NewGloss): Promise<Placing> {
  const { edition, section } = input;
  const wanted = input.passages
    ? input.passages.map((passage, i) => ({ section, ...passage, field: `/passages/${i}` }))
    : [{ ...input, field: '' }];
  const passages: NewPassage[] = [];
  let revision = 0;
  for (const { field, ...want } of wanted) {
    const home = await sectionOf(edition, want.section, `${field}/section`);
    revision = home.revision;
    const passage = passageOf(home.text, want, field);
    if (passage) passages.push(standOn(home, passage));
  }
  return { edition, section, revision, passages, found: new Map([[edition, revision]]) };
}

/**
 * The passages that the targets of a Web Annotation lead to; lost with its quote, if it has one, where they lead
 * nowhere. Throws invalid where a target names no section of ours.
 */
export async function placeForeign(places: ForeignPlace[]): Promise<Placing> {
  const found = new Map<string, number>();
  const passages: NewPassage[] = [];
  let home: Section | undefined;
  for (const { edition, section, revision, selectors, quote, pointer } of places) {
    const at = await sectionOf(edition, section ?? (await firstSectionOf(edition, pointer)), pointer);
    home ??= at;
    found.set(edition, at.revision);
    // A target without a selector is the whole section; beside others it is a place that no offset can name.
    if (section !== null && selectors.length === 0 && places.length === 1) continue;
    const place = section === null ? null : await passageIn(at, selectors, revision);
    if (place?.found) passages.push(standOn(at, place.found));
    else {
      const { exact = null, prefix = null, suffix = null } = quote ?? place?.meant ?? {};
      passages.push({ ...standing(at), exact, prefix, suffix, anchor: 'orphaned' });
    }
  }
  if (!home) throw new Error('A gloss needs a place.');
  return { edition: home.edition, section: home.id, revision: home.revision, passages, found };
}

/**
 * The passage that selectors lead to. Those that were made on an earlier revision are read in its text: what they
 * meant there is looked for in the text of today by its words, since its offsets would be other words.
 */
async function passageIn(
  at: Section,
  selectors: unknown[],
  revision: number | null,
): Promise<{ found?: Passage; meant?: Passage }> {
  const isEarlier = revision !== null && revision < at.revision;
  const home = isEarlier ? await getSection(at.edition, at.id, revision).catch(absent) : at;
  if (!home) return {};
  const range = resolveSelectors(home, selectors);
  if ('orphaned' in range) return {};
  const meant = describePassage(home.text, range.start, range.end);
  if (!isEarlier) return { found: meant };
  const { exact, prefix, suffix } = meant;
  const now = findQuote(at.text, { exact, prefix, suffix });
  return now.state === 'exact' ? { found: describePassage(at.text, now.start, now.end), meant } : { meant };
}

function absent(error: unknown): null {
  if (error instanceof AppError && error.code === 'not_found') return null;
  throw error;
}

/**
 * Takes the editions of a placing against a publication, for the transaction. False where one was published since
 * its text was read: then the passages have to be found again.
 */
export async function holdPlacing(
  tx: Tx,
  { found, passages }: Pick<Placing, 'found' | 'passages'>,
): Promise<boolean> {
  for (const [edition, revision] of [...found].sort()) {
    if ((await holdRevision(tx, edition)) !== revision) return false;
  }
  return passages.every(({ edition, anchorRevision }) => found.get(edition) === anchorRevision);
}

async function sectionOf(edition: string, section: string, pointer: string): Promise<Section> {
  const found = await getSection(edition, section).catch(absent);
  if (!found) throw refuse({ pointer, detail: 'There is no such section in this edition.' });
  return found;
}

async function firstSectionOf(edition: string, pointer: string): Promise<string> {
  const found = await getEdition(edition).catch(absent);
  if (!found) throw refuse({ pointer, detail: 'There is no such edition here.' });
  return found.sections[0]?.id ?? '';
}

const standing = ({ edition, id, revision }: Section) => ({
  ...{ edition, section: id, revision, anchorRevision: revision },
});

function standOn(section: Section, passage: Passage): NewPassage {
  const { start, end } = passage;
  return { ...standing(section), ...passage, writtenStart: start, writtenEnd: end, anchor: 'exact' };
}

/** The passage that the input means, verified against the text. Null for a note on the whole section. */
function passageOf(
  text: string,
  { start, end, quote }: Pick<NewGloss, 'start' | 'end' | 'quote'>,
  field: string,
): Passage | null {
  if (start !== undefined && end !== undefined) {
    const length = codePointLength(text);
    if (end > length) {
      throw refuse({
        pointer: `${field}/end`,
        detail: 'The section has {length} characters; the passage ends after that.',
        values: { length },
      });
    }
    if (!quote || sliceCodePoints(text, start, end) === quote.exact) return describePassage(text, start, end);
  }
  if (!quote) return null;
  const found = findQuote(text, { ...quote, ...(start !== undefined && { start }) });
  if (found.state === 'exact') return describePassage(text, found.start, found.end);
  throw refuse({
    pointer: `${field}/quote`,
    detail:
      found.why === 'absent'
        ? 'These words do not stand in the section.'
        : 'These words stand in more than one place: send more of the text around them as prefix and suffix.',
  });
}

function refuse(error: FieldError): AppError {
  return new AppError('invalid', 'Some fields are not right.', { errors: [error] });
}
