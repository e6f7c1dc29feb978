/** The namespaces of WordprocessingML, in both forms of the standard (ECMA-376 transitional and ISO 29500 strict). */
const NAMESPACES: [prefix: string, uri: string][] = [
  ['w', 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'],
  ['w', 'http://purl.oclc.org/ooxml/wordprocessingml/main'],
  ['m', 'http://schemas.openxmlformats.org/officeDocument/2006/math'],
  ['m', 'http://purl.oclc.org/ooxml/officeDocument/math'],
  ['mc', 'http://schemas.openxmlformats.org/markup-compatibility/2006'],
  ['v', 'urn:schemas-microsoft-com:vml'],
];

export const WORD_PREFIXES: Record<string, string> = Object.fromEntries(
  NAMESPACES.map(([prefix, uri]) => [uri, prefix]),
);
/** The prefixes with the namespace that they are written with. mammoth knows these. */
export const WRITTEN_PREFIXES: Record<string, string> = Object.fromEntries(
  NAMESPACES.filter(([, uri]) => !uri.includes('purl.oclc.org')).map(([prefix, uri]) => [uri, prefix]),
);
