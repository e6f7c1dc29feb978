import type { NoticeList } from '../notices';

/** The text in NFC, without soft hyphens and without what XML 1.0 has no character for (§2.2); all are counted. */
export function cleanText(value: string, { notices }: { notices: NoticeList }): string {
  let clean = value;
  if (clean.includes('\u00AD')) {
    const count = clean.split('\u00AD').length - 1;
    notices.add({ kind: 'left-out', element: 'U+00AD', reason: 'soft-hyphen', count });
    clean = clean.replaceAll('\u00AD', '');
  }
  const illegal = clean.match(ILLEGAL);
  if (illegal) {
    notices.add({
      kind: 'left-out',
      element: 'character',
      reason: 'no-xml-character',
      count: illegal.length,
    });
    clean = clean.replace(ILLEGAL, ' ');
  }
  const normal = clean.normalize('NFC');
  if (normal !== clean) notices.add({ kind: 'plain', element: 'text', reason: 'normalized' });
  return normal;
}

const ILLEGAL = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
