import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';

/** The parts of an Office file: each by its name, with its text, or with what makes its bytes as they are read. */
export type OfficeParts = [name: string, content: string | (() => AsyncIterable<Uint8Array>)][];

/** Text shrinks to a quarter at any level; higher levels take longer and gain little. */
const LEVEL = 3;

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const RELATION = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/**
 * A package of Open Packaging Conventions (ECMA-376 part 2), which a Word document and a workbook are: streamed, so that
 * it takes no more memory the longer it is. It is dated `mtime`, so that the same parts make the same bytes.
 */
export async function* packOfficeFile(parts: OfficeParts, mtime: Date): AsyncGenerator<Uint8Array> {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  for (const [name, content] of parts) {
    if (typeof content === 'string') zip.addBuffer(Buffer.from(XML + content), name, { mtime });
    else {
      zip.addReadStreamLazy(name, { mtime, compressionLevel: LEVEL }, (take) => {
        const stream = Readable.from(content());
        stream.on('error', (error) => output.destroy(error));
        take(null, stream);
      });
    }
  }
  zip.on('error', (error) => output.destroy(error as Error));
  zip.end();
  for await (const chunk of output) yield chunk as Uint8Array;
}

/** The part that says of which type the parts are; `types` are those of the parts that are not relations. */
export function contentTypes(types: Record<string, string>): string {
  const overrides = Object.entries(types).map(
    ([name, type]) =>
      `<Override PartName="/${name}" ContentType="application/vnd.openxmlformats-officedocument.${type}+xml"/>`,
  );
  return `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${overrides.join('')}</Types>`;
}

/** The relations of a part: its parts by their kind. */
export function relationships(targets: [kind: string, target: string][]): string {
  const relations = targets.map(
    ([kind, target], i) => `<Relationship Id="r${i + 1}" Type="${RELATION}/${kind}" Target="${target}"/>`,
  );
  return `<Relationships xmlns="${PACKAGE}/relationships">${relations.join('')}</Relationships>`;
}
