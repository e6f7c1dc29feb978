import { createHash } from 'node:crypto';
import {
  type ConvertedImage,
  convertToTei,
  decodeText,
  detectFormat,
  type FileFormat,
  readPackage,
} from '@/lib/conversion';
import { AppError } from '@/lib/kernel/errors';
import type { ParsedSection } from './canonical-text';
import type { ImportReport } from './import-report';
import type { ParseOptions } from './parse-tei';
import { imageStem } from './tei/facsimile';
import { LONGEST_SOURCE } from './tei/read-source';

/** A file that is brought in, with what its sender says of it. */
export type ImportTask = {
  bytes: Uint8Array;
  mediaType?: string | undefined;
  /** The name of the file. */
  name?: string | undefined;
  options: Omit<ParseOptions, 'earlier'>;
  /** The address that a picture of the file has here, with `{id}` for the SHA-256 of its bytes. */
  imageAddress?: string | undefined;
};

type Report = Omit<ImportReport, 'seconds'>;

/** The TEI of a file, with what only its reading knows. */
export type TeiFile = {
  source: string;
  format: FileFormat;
  /** The pictures that come with it, once its sections are known. */
  imagesOf: (sections: readonly ParsedSection[]) => ConvertedImage[];
  /** The report of the text with that of its reading. */
  complete: (report: Omit<Report, 'format'>, images: readonly ConvertedImage[]) => Report;
};

/** The TEI of a file: its own, or what is made of another format; and what that adds to the report. */
export async function readTeiFile({
  bytes,
  mediaType,
  name,
  options,
  imageAddress,
}: ImportTask): Promise<TeiFile> {
  const format = detectFormat(bytes, { ...(mediaType && { mediaType }), ...(name && { name }) });
  if (format === 'package') return readTeiPackage(bytes, options, imageAddress);
  if (format === 'tei' || format === 'xml') {
    const { text, encoding, isGuessed } = decodeText(bytes, { isMarkup: true, most: LONGEST_SOURCE });
    const guess = { element: encoding, count: 1, words: 0, places: [], reason: 'encoding-guessed' };
    const complete = (report: Omit<Report, 'format'>) => ({
      ...report,
      format,
      shownPlainly: [...(isGuessed ? [guess] : []), ...report.shownPlainly],
    });
    return { source: text, format, imagesOf: () => [], complete };
  }
  const { title, language } = options;
  const hints = { ...(name && { name }), ...(title && { title }), ...(language && { language }) };
  const { tei, notices, words, images } = await convertToTei(bytes, format, hints);
  const tallies = (kind: 'left-out' | 'plain') =>
    notices
      .filter((notice) => notice.kind === kind)
      .map(({ element, count, words: taken, places, reason }) => ({
        element,
        count,
        words: taken,
        places,
        reason,
      }));
  return {
    source:
      imageAddress === undefined
        ? tei
        : addressImages(
            tei,
            images.filter(({ page }) => page === undefined),
            imageAddress,
          ),
    format,
    imagesOf: () => images,
    complete: (report) => ({
      ...report,
      ...(report.images && { images: imagesThatCame(report.images, images, ({ id }) => id) }),
      format,
      words: {
        file: words.file,
        text: report.words.text,
        leftOut: words.leftOut + report.words.leftOut,
      },
      sameSequence: report.sameSequence && words.sameSequence,
      leftOut: [...tallies('left-out'), ...report.leftOut],
      shownPlainly: [...tallies('plain'), ...report.shownPlainly],
    }),
  };
}

/** A text in XML that comes with its pictures: those of pages go on canvases, others into the text. */
async function readTeiPackage(
  bytes: Uint8Array,
  options: ImportTask['options'],
  imageAddress: string | undefined,
): Promise<TeiFile> {
  const { name, bytes: text, pictures, others } = await readPackage(bytes);
  // An archive in an archive may contain itself.
  if (!/^(?:tei|xml)$/.test(detectFormat(text, { name }))) {
    throw new AppError('invalid', 'This is a packed file. Unpack it and bring in the text itself.');
  }
  const file = await readTeiFile({ bytes: text, name, options });
  const byStem = new Map([...pictures].map(([path, picture]) => [pictureKey(path), { path, picture }]));
  const figures = new Map<string, ConvertedImage>();
  for (const [, url = ''] of withoutFacsimiles(file.source).matchAll(/<graphic\b[^>]*?\surl="([^"]*)"/g)) {
    const found = byStem.get(pictureKey(url));
    if (found) figures.set(url, { id: url, mediaType: 'image/*', bytes: found.picture });
  }
  const source =
    imageAddress === undefined
      ? file.source
      : addressImages(file.source, [...figures.values()], imageAddress);
  const imagesOf = (sections: readonly ParsedSection[]) => {
    const pages = new Map<string, ConvertedImage>();
    for (const { image, label } of sections.flatMap((section) => section.pages)) {
      const found = image === undefined ? undefined : byStem.get(pictureKey(image));
      if (found && !pages.has(label))
        pages.set(label, { id: found.path, mediaType: 'image/*', bytes: found.picture, page: label });
    }
    return [...pages.values(), ...figures.values()];
  };
  const unread = others.length === 0 ? [] : [tallyOfFiles(others)];
  return {
    source,
    format: file.format,
    imagesOf,
    complete(report, images) {
      const whole = file.complete(report, images);
      const leftOut = [...unread, ...whole.leftOut];
      if (!whole.images) return { ...whole, leftOut };
      return {
        ...whole,
        leftOut,
        images: imagesThatCame(whole.images, images, ({ id }) => pictureKey(id), pictureKey),
      };
    },
  };
}

/** What the report says of the page images that came with a file; they are found by the key of their name. */
function imagesThatCame(
  named: NonNullable<Report['images']>,
  images: readonly ConvertedImage[],
  keyOf: (image: ConvertedImage) => string,
  keyOfName: (name: string) => string = (name) => name,
): NonNullable<Report['images']> {
  const pages = images.filter(({ page }) => page !== undefined);
  const keys = new Set(pages.map(keyOf));
  return {
    ...named,
    here: pages.length,
    missing: named.missing.filter((name) => !keys.has(keyOfName(name))),
  };
}

function tallyOfFiles(names: readonly string[]): Report['leftOut'][number] {
  return {
    element: 'files',
    count: names.length,
    words: 0,
    places: names.slice(0, 5),
    reason: 'other-files',
  };
}

/** Pictures are found by their name without folders and ending: a text may name the master of a file that was sent. */
function pictureKey(name: string): string {
  return imageStem(name).toLowerCase();
}

const FACSIMILE = /<(facsimile|sourceDoc|surface)\b[\s\S]*?<\/\1>/g;

function withoutFacsimiles(source: string): string {
  return source.replace(FACSIMILE, '');
}

/** Gives the pictures inside the text the addresses that they have here, so that the TEI can come back without them. */
function addressImages(tei: string, images: readonly ConvertedImage[], address: string): string {
  const addresses = new Map(
    images.map(({ id, bytes }) => [
      id,
      address.replace('{id}', createHash('sha256').update(bytes).digest('hex')),
    ]),
  );
  if (addresses.size === 0) return tei;
  const graphics = /<(facsimile|sourceDoc|surface)\b[\s\S]*?<\/\1>|(<graphic\b[^>]*?\surl=")([^"]*)"/g;
  return tei.replace(graphics, (found, _, head: string | undefined, url = '') => {
    if (head === undefined) return found;
    const known = addresses.get(url) ?? addresses.get(url.replaceAll('%20', ' ').replaceAll('&amp;', '&'));
    return known === undefined ? found : `${head}${known}"`;
  });
}
