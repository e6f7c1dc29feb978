import { escapeXml } from '@/lib/kernel/code-points';

type ImageOnlyEdition = {
  slug: string;
  title: string;
  address: string | null;
  pages: string[];
  labels: string[];
};

/**
 * The TEI of an edition whose only text is the labels of its images: one paragraph on each page, so that sections,
 * citations and the margin work as in any other edition.
 */
export function imageOnlyEdition({ slug, title, address, pages, labels }: ImageOnlyEdition): string {
  const name = escapeXml(title || slug);
  const source = address
    ? `<p>From the IIIF manifest ${escapeXml(address)}</p>`
    : '<p>From an IIIF manifest</p>';
  const paragraphs = pages.map((page, i) => {
    const words = escapeXml((labels[i] || page).replace(/\s+/g, ' ').normalize('NFC'));
    return `<p xml:id="images.p${i + 1}"><pb n="${escapeXml(page.normalize('NFC'))}"/>${words}</p>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="${slug}" xml:lang="und">
  <teiHeader>
    <fileDesc>
      <titleStmt><title>${name.normalize('NFC')}</title></titleStmt>
      <publicationStmt>${source}</publicationStmt>
    </fileDesc>
  </teiHeader>
  <text><body><div xml:id="images"><head xml:id="images.head">${name.normalize('NFC')}</head>
${paragraphs.join('\n')}
  </div></body></text>
</TEI>
`;
}
