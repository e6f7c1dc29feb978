/** The smallest TEI file that is taken, with one section `s` (English) around `body`. */
export function tei(body: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="fixture" xml:lang="en">
  <teiHeader>
    <fileDesc>
      <titleStmt><title>A fixture</title><respStmt xml:id="ed"><resp>made</resp><name>by us</name></respStmt></titleStmt>
    </fileDesc>
  </teiHeader>
  <text><body><div xml:id="s">${body}</div></body></text>
</TEI>
`;
}
