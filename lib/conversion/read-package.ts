import { basename } from 'node:path';
import { AppError } from '@/lib/kernel/errors';
import { readArchive } from './read-archive';
import { BOUNDS } from './schema';

/** A text with its pictures, as they come in one archive. */
export type TextPackage = {
  /** The name of the text's file. */
  name: string;
  bytes: Buffer;
  /** The pictures by their names in the archive. */
  pictures: Map<string, Buffer>;
  /** Files that are neither: other texts, style sheets and so on. */
  others: string[];
};

const PICTURE = /\.(?:jpe?g|png|gif|webp|tiff?|avif)$/i;

/** Whether an archive of these files is a text in XML with its pictures. */
export function isTextPackage(names: readonly string[]): boolean {
  return names.some(isText);
}

/** Files that programs put beside others are none of the text (macOS: `__MACOSX/._a.xml`). */
function isText(name: string): boolean {
  return /\.(?:xml|tei)$/i.test(name) && !isHidden(name);
}

function isHidden(name: string): boolean {
  return /(?:^|\/)(?:\.|__MACOSX\/)/.test(name);
}

/**
 * Reads an archive with a text in XML and pictures. Of several texts the longest TEI is taken.
 *
 * @throws AppError as `readArchive`; `too_large` over the bytes of its pictures.
 */
export async function readPackage(bytes: Uint8Array): Promise<TextPackage> {
  const files = [...(await readArchive(bytes, (name) => !isHidden(name)))];
  const texts = files.filter(([name]) => isText(name));
  const rank = ([, content]: [string, Buffer]) =>
    (/<(?:\w+:)?(?:TEI|teiCorpus)[\s>.]/.test(content.toString('latin1', 0, 20_000)) ? 1e12 : 0) +
    content.length;
  const [text] = texts.sort((a, b) => rank(b) - rank(a));
  if (!text) throw new AppError('invalid', 'This is a packed file. Unpack it and bring in the text itself.');
  const pictures = new Map(files.filter(([name]) => PICTURE.test(name)));
  const size = [...pictures.values()].reduce((sum, picture) => sum + picture.length, 0);
  if (size > BOUNDS.imageBytes || pictures.size > BOUNDS.images) {
    throw new AppError('too_large', 'This archive unpacks to more than {megabytes} MB.', {
      values: { megabytes: BOUNDS.imageBytes / 1_000_000 },
    });
  }
  const others = files.map(([name]) => name).filter((name) => name !== text[0] && !pictures.has(name));
  return { name: basename(text[0]), bytes: text[1], pictures, others };
}
