import { analyse } from 'chardet';
import { AppError } from '@/lib/kernel/errors';
import { BOUNDS } from './schema';

export type DecodedText = {
  text: string;
  /** The name of the encoding (WHATWG Encoding §4.2), in lower case. */
  encoding: string;
  /** Whether nothing in the file says so, and the frequency of its bytes decided. */
  isGuessed: boolean;
};

/**
 * Decodes the text of a file: by its byte order mark, else by what it declares (`<?xml encoding`, `<meta charset>`),
 * else as UTF-8 where it is valid, as UTF-16 where every other byte is zero, and at last by a guess (chardet). A
 * declaration that the bytes contradict loses to valid UTF-8. The byte order mark is removed.
 *
 * @throws AppError `too_large` over `most` characters (UTF-16 units).
 */
export function decodeText(
  bytes: Uint8Array,
  { isMarkup = false, most = BOUNDS.characters }: { isMarkup?: boolean; most?: number } = {},
): DecodedText {
  const decoded = decode(bytes, isMarkup);
  if (decoded.text.length > most) throw tooManyCharacters(most);
  return decoded;
}

export function tooManyCharacters(characters: number = BOUNDS.characters): AppError {
  return new AppError('too_large', 'This file has more than {characters} characters.', {
    values: { characters },
  });
}

/** Bytes at the start in which a declaration must stand (HTML §13.2.3.2 has 1,024; XML has it in the first line). */
const DECLARATION_BYTES = 2_048;
/** Bytes that a guess is made of. */
const SAMPLE_BYTES = 200_000;

function decode(bytes: Uint8Array, isMarkup: boolean): DecodedText {
  const marked = encodingOfMark(bytes);
  if (marked) return { text: decodeAs(bytes, marked), encoding: marked, isGuessed: false };
  const wide = encodingOfZeros(bytes);
  if (wide) return { text: decodeAs(bytes, wide), encoding: wide, isGuessed: false };
  const utf8 = decodeStrictly(bytes);
  if (utf8 !== null) return { text: utf8, encoding: 'utf-8', isGuessed: false };
  const declared = isMarkup ? declaredEncoding(bytes) : null;
  if (declared && !declared.startsWith('utf-'))
    return { text: decodeAs(bytes, declared), encoding: declared, isGuessed: false };
  const guess = guessEncoding(bytes);
  return { text: decodeAs(bytes, guess), encoding: guess, isGuessed: true };
}

function encodingOfMark(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return null;
}

/** UTF-16 without a mark: most characters of a text with spaces and line ends have one byte that is zero. */
function encodingOfZeros(bytes: Uint8Array): string | null {
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  let even = 0;
  let odd = 0;
  for (let i = 0; i < sample.length; i++) if (sample[i] === 0) i % 2 === 0 ? even++ : odd++;
  const few = sample.length / 25;
  if (sample.length >= 4 && odd > few && even < odd / 10) return 'utf-16le';
  if (sample.length >= 4 && even > few && odd < even / 10) return 'utf-16be';
  return null;
}

function decodeStrictly(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function decodeAs(bytes: Uint8Array, encoding: string): string {
  return new TextDecoder(encoding).decode(bytes);
}

function declaredEncoding(bytes: Uint8Array): string | null {
  const start = Buffer.from(bytes.subarray(0, DECLARATION_BYTES)).toString('latin1');
  const [, xml] = /^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/.exec(start) ?? [];
  const [, meta] = /<meta[^>]*?charset\s*=\s*["']?([\w.:-]+)/i.exec(start) ?? [];
  return knownEncoding(xml ?? meta);
}

/** The name under which TextDecoder knows an encoding, or null. */
function knownEncoding(label: string | undefined): string | null {
  if (label === undefined) return null;
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return null;
  }
}

/**
 * The likeliest encoding. Latin ones are taken as windows-1252 (as WHATWG reads ISO 8859-1), or as windows-1250 for
 * the languages of central Europe.
 */
function guessEncoding(bytes: Uint8Array): string {
  const guesses = analyse(bytes.subarray(0, SAMPLE_BYTES))
    .map(({ name }) => knownEncoding(name))
    .filter((name) => name !== null && !name.startsWith('utf-'));
  return guesses[0] ?? 'windows-1252';
}
