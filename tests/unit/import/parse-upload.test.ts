import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { describe, it } from 'node:test';
import { ZipFile } from 'yazl';
import { parseUpload } from '@/lib/import/parse-upload';
import { AppError } from '@/lib/kernel/errors';

const ANNOTATIONS = '[{"type":"Annotation"}]';

function archive(manifest: string): Promise<Buffer> {
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from(ANNOTATIONS), 'seminar/seminar.jsonld');
  zip.addBuffer(Buffer.from(manifest), 'seminar/manifest.json');
  zip.end();
  return buffer(zip.outputStream as unknown as NodeJS.ReadableStream);
}

const listing = (file: object) => JSON.stringify({ files: [{ name: 'seminar.jsonld', ...file }] });
const sha256 = createHash('sha256').update(ANNOTATIONS).digest('hex');

describe('an archive', () => {
  it('gives its annotations where its manifest has their checksum', async () => {
    const { json } = await parseUpload(await archive(listing({ sha256 })), 'application/zip');
    assert.deepEqual(json, JSON.parse(ANNOTATIONS));
  });

  it('is refused as not whole where its manifest is another, or none at all', async () => {
    const others = ['null', '5', '[1,2]', '{}', '{"files":{"name":1}}', '{"files":[null,{"name":5}]}', '{'];
    for (const manifest of [...others, listing({}), listing({ sha256: 'f'.repeat(64) })]) {
      await assert.rejects(
        async () => parseUpload(await archive(manifest), 'application/zip'),
        (error) => error instanceof AppError && error.code === 'malformed',
        manifest,
      );
    }
  });
});
