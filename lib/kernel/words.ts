/**
 * Counting words. A word is a run of letters, marks and digits, in NFC and without soft hyphens; so the same words are
 * counted whatever punctuation and white space stand between them.
 */
const WORD = /[\p{L}\p{M}\p{N}]+/gu;
const ENDS_IN_WORD = /[\p{L}\p{M}\p{N}\u00AD]$/u;
const BEGINS_IN_WORD = /^[\p{L}\p{M}\p{N}\u00AD]/u;

/** The words of a stretch of text. */
export function wordsOf(text: string): string[] {
  return text.replaceAll('\u00AD', '').normalize('NFC').match(WORD) ?? [];
}

/** Number of words in a text. */
export function countWords(text: string): number {
  return wordsOf(text).length;
}

/** Counts the words of a text that comes in pieces: a piece may end inside a word, unless a boundary comes. */
export class WordCounter {
  count = 0;
  private isInWord = false;

  add(text: string): void {
    if (text === '') return;
    const words = countWords(text);
    this.count += this.isInWord && words > 0 && BEGINS_IN_WORD.test(text) ? words - 1 : words;
    this.isInWord = ENDS_IN_WORD.test(text) && (words > 0 || this.isInWord);
  }

  boundary(): void {
    this.isInWord = false;
  }
}
