import { SaxesParser } from 'saxes';
import { excessOfMarks, MOST_COMBINING_MARKS } from '@/lib/kernel/combining-marks';
import { AppError } from '@/lib/kernel/errors';
import { isScriptIri } from '@/lib/kernel/script-iri';
import { beyondBound, TEXT_BOUNDS } from '../text-bounds';
import { expandEntities, type SourceNotice } from './expand-entities';
import { createTagTranslator, type MarkupVocabulary } from './markup-vocabulary';
import { positionOf, refusal } from './refusal';
import type { TeiTag } from './tei-tag';

/** In code units. */
export const LONGEST_SOURCE = 64_000_000;
/** Elements inside one another, at most. The deepest real edition tried has 30. */
const MOST_NESTED = 250;

export type SourceHandler = {
  open(tag: TeiTag): void;
  close(): void;
  text(words: string): void;
};

/** What was noticed in a source apart from its elements, and how it is written. */
export type SourceFacts = {
  /** How many pieces of text were not NFC. */
  normalized: number;
  vocabulary: MarkupVocabulary;
  /** The name of its root, as the file has it. */
  root: string;
  notices: SourceNotice[];
};

/**
 * Reads an XML source from its beginning to its end. Comments and processing instructions are passed over; text is
 * normalised to NFC. What is not TEI P5 comes in P5's names, as far as it has some (markup-vocabulary.ts).
 *
 * @throws AppError `invalid` where it is not well-formed (XML 1.0 §2.1), uses an entity from outside, or nests deeper
 *   than any text; its detail begins with `line:column`. `too_large` over the bounds.
 */
export function readSource(source: string, handler: SourceHandler): SourceFacts {
  if (source.length > LONGEST_SOURCE) throw tooLong();
  const { text, notices } = expandEntities(source.replace(/^\uFEFF/, ''));
  checkCharacters(text);
  const parser = new SaxesParser({ xmlns: true, position: true });
  let depth = 0;
  let normalized = 0;
  let tagAt = '1:1';
  let root: string | null = null;
  const translator = createTagTranslator();
  const here = () => `${parser.line}:${parser.columnIndex + 1}`;
  parser.on('error', (error) => {
    throw refusal(here(), error.message.replace(/^.*?\d+:\d+: /, '').replace(/\.$/, ''));
  });
  parser.on('opentagstart', ({ name }) => {
    tagAt = `${parser.line}:${Math.max(1, parser.columnIndex - name.length)}`;
  });
  parser.on('opentag', (raw) => {
    depth++;
    if (depth > MOST_NESTED)
      throw refusal(tagAt, `elements stand inside one another more than ${MOST_NESTED} deep`);
    const attributes = new Map<string, string>();
    for (const { name, local, prefix, value } of Object.values(raw.attributes)) {
      if (prefix === 'xmlns' || name === 'xmlns') continue;
      if (value.length > TEXT_BOUNDS.attribute) throw beyondBound('attribute');
      attributes.set(prefix === 'xml' ? name : local, value.normalize('NFC'));
    }
    root ??= raw.local;
    // An address that runs a script may not even stand in the file that others download. Pages of the web have some.
    for (const [name, value] of attributes) {
      if (!isScriptIri(value)) continue;
      if (translator.vocabulary === 'other') attributes.delete(name);
      else throw refusal(tagAt, `“${value.slice(0, 60)}” is neither an id of this file nor a web address`);
    }
    handler.open(translator.open({ name: raw.local, attributes, at: tagAt }));
  });
  parser.on('closetag', () => {
    depth--;
    translator.close();
    handler.close();
  });
  const onText = (words: string) => {
    const normal = words.normalize('NFC');
    if (normal !== words) normalized++;
    handler.text(normal);
  };
  parser.on('text', onText);
  parser.on('cdata', onText);
  try {
    parser.write(text).close();
  } catch (error) {
    if (error instanceof AppError) throw error;
    // Saxes throws what it finds at the end itself.
    throw refusal(
      here(),
      error instanceof Error ? error.message.replace(/^.*?\d+:\d+: /, '').replace(/\.$/, '') : 'not XML',
    );
  }
  return { normalized, vocabulary: translator.vocabulary ?? 'p5', root: root ?? '', notices };
}

function tooLong(): AppError {
  return new AppError('too_large', 'The file has over {most} characters.', {
    values: { most: LONGEST_SOURCE },
  });
}

function checkCharacters(text: string): void {
  const lone = /\p{Surrogate}/u.exec(text);
  if (lone) throw refusal(positionOf(text, lone.index), 'half of a surrogate pair is no character');
  const marks = excessOfMarks(text);
  if (marks === null) return;
  throw refusal(
    positionOf(text, marks),
    `more than ${MOST_COMBINING_MARKS} combining marks in a row are no text`,
  );
}
