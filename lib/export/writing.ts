import type { Row } from '@/lib/annotation';
import type { Entry, Selection } from './selection';

/**
 * A format at work: it yields what it has written when it wants the next note, and returns the rest. So a note that
 * was read once is given to as many formats as want it.
 */
export type Writing = AsyncGenerator<string, string, Row>;

/** A file of text: its notes in the order in which it wants them, and how it is written. */
export type TextFile = { notes: Entry[]; write: () => Writing };

/** Bytes of a file that are given at a time: as many as it is worth sending. */
const CHUNK = 256 * 1024;

/**
 * Writes files of one selection in one reading of its rows, in `order`: in each file the notes stand in that order,
 * though not all of them need to. Gives their bytes in UTF-8 as they come, each piece with the number of its file.
 */
export async function* writeTogether(
  selection: Selection,
  order: Entry[],
  files: TextFile[],
): AsyncGenerator<[file: number, bytes: Uint8Array]> {
  const open = files.map(({ notes, write }, i) => ({ i, notes, writing: write(), next: 0, text: '' }));
  for (const file of open) file.text = (await file.writing.next()).value;
  for await (const row of selection.rows(order)) {
    for (const file of open) {
      if (file.notes[file.next]?.id !== row.id) continue;
      file.next++;
      file.text += (await file.writing.next(row)).value;
      if (file.text.length < CHUNK) continue;
      yield [file.i, Buffer.from(file.text)];
      file.text = '';
    }
  }
  for (const { i, text } of open) if (text !== '') yield [i, Buffer.from(text)];
}
