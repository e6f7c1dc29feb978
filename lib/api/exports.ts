import { z } from '@hono/zod-openapi';
import { describeExport, type ExportFile, exportGroup } from '@/lib/export';
import { exportFilterSchema, formatSchema, separatorSchema } from '@/lib/export/schema';
import { clientAddress } from '@/lib/http/client-address';
import { takeShare } from '@/lib/http/fair-share';
import { log } from '@/lib/log';
import { whileConnected } from './connection';
import { createApi } from './middleware';
import { groupParam, route } from './route';

const file = (description: string) => ({ schema: z.string().openapi({ description }) });

/** Exports of a group in open formats. */
export const exports = createApi().openapi(
  route({
    method: 'get',
    path: '/groups/{group}/export',
    summary: 'What you may see of a group as a file, by the filters of the list',
    description:
      'The file is streamed. One that breaks off ends without the last chunk of its transfer, and is no whole file of its format either, but for `jsonl`, `csv` and `md`.',
    request: {
      params: groupParam,
      query: exportFilterSchema.extend({
        format: formatSchema.default('jsonld'),
        separator: separatorSchema
          .default('comma')
          .openapi({ description: 'What parts the fields of a CSV file' }),
      }),
    },
    responses: {
      200: {
        description: 'The file',
        content: {
          'application/ld+json': file('jsonld: a W3C AnnotationCollection'),
          'application/x-ndjson': file('jsonl: a Web Annotation a line'),
          'text/turtle': file('ttl: the annotations as RDF'),
          'text/csv': file('csv: a line an annotation'),
          'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': file(
            'xlsx: a row an annotation; what is longer than a cell is cut, and says where the whole is',
          ),
          'text/markdown': file('md: the discussion as a text'),
          'text/html': file('html: the text with its threads beside it, on one page'),
          'application/vnd.openxmlformats-officedocument.wordprocessingml.document': file(
            'docx: the text with its threads, to print and to edit',
          ),
          'application/tei+xml': file('tei: the edition with the notes as standOff'),
          'application/zip': file('zip: all of these, with a manifest'),
        },
      },
    },
  }),
  async (c) => {
    const { format, separator, ...filter } = c.req.valid('query');
    const { group } = c.req.valid('param');
    const viewer = c.get('viewer');
    const { name, type } = await describeExport(viewer, group, format);
    const headers = {
      'Content-Type': type,
      'Content-Disposition': `attachment; filename="${name}"`,
    };
    // HEAD needs no bytes, so none are made.
    if (c.req.raw.method === 'HEAD') return c.body(null, 200, headers);
    const release = takeShare('export', viewer.id ?? clientAddress(c.req.raw.headers));
    try {
      const made = await exportGroup(viewer, group, format, filter, c.get('locale'), {
        signal: whileConnected(c),
        separator,
      });
      const close = () => made.close().finally(release);
      return c.body(toReadableStream({ ...made, close }, { group, format }), 200, headers);
    } catch (error) {
      release();
      throw error;
    }
  },
);

/**
 * The bytes as the client reads them. An error aborts the connection, so that no client takes the beginning for the
 * whole file (RFC 9112 §8). A client that disconnects closes the file, which stops the export.
 */
export function toReadableStream({ bytes, close }: ExportFile, about: object): ReadableStream<Uint8Array> {
  let isConnected = true;
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          const { done, value } = await bytes.next();
          if (!done) return controller.enqueue(value);
          await close();
          controller.close();
        } catch (error) {
          if (!isConnected) return;
          log().error({ err: error, ...about }, 'export broke off');
          await close();
          controller.error(error);
        }
      },
      async cancel() {
        isConnected = false;
        // Closing makes a pending read fail at once.
        await close();
        await bytes.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}
