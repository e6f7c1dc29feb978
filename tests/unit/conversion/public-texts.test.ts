import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { convertToTei, detectFormat } from '@/lib/conversion';
import { readTei } from './tei-reader';

/** A folder of real files that a developer has; they are other people's, and not in the repository. */
const folder = process.env.SCHOLION_TEXTS;

describe('texts of public corpora (SCHOLION_TEXTS)', {
  skip: folder === undefined && 'SCHOLION_TEXTS is unset',
}, () => {
  for (const name of folder === undefined ? [] : readdirSync(folder).sort()) {
    const bytes = readFileSync(path.join(folder as string, name));
    const format = detectFormat(bytes, { name });
    it(`${name} is ${format}`, async () => {
      if (format === 'tei' || format === 'xml' || format === 'package') return;
      const { tei, words } = await convertToTei(bytes, format, { name });
      readTei(tei);
      assert.equal(words.sameSequence, true);
      assert.ok(words.file > words.leftOut);
    });
  }
});
