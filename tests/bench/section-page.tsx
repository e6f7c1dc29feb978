import { readFileSync } from 'node:fs';
import { createTextContext, type PageContext } from '@/app/reader/page/render-context';
import { sectionHtml } from '@/app/reader/page/section-html';
import { parseTei } from '@/lib/edition/parse-tei';
import type { Section } from '@/lib/edition/schema';

/** A page of at least `length` characters: a section's markup, repeated, each time with the offsets and ids that follow. */
export function sectionPage(length: number, head: string, foot: string): string {
  const { sections, ...header } = parseTei(readFileSync('seed/gheorghiu-2009.xml', 'utf8'));
  const section = sections.find(({ id }) => id === 'doc1');
  if (!section) throw new Error('The edition has no doc1.');
  const edition = { ...header, slug: 'bench', sections, divisions: [] };
  const context = { edition, page: section.id, t: (key: string) => key } as unknown as PageContext;
  const whole = { edition: 'bench', revision: 1, direction: 'ltr', previous: null, next: null } as const;
  const shown: Section = { ...section, ...whole };
  const markup = sectionHtml(createTextContext(context, [shown], []), shown);
  const [, open = '', inner = ''] = /^(<div[^>]*>)(.*)<\/div>$/s.exec(markup) ?? [];
  const width = [...section.text].length + 1;
  const copies = Array.from({ length: Math.ceil(length / width) }, (_, copy) =>
    inner
      .replace(/data-(start|end)="(\d+)"/g, (_, side, at) => `data-${side}="${Number(at) + copy * width}"`)
      .replace(/ id="([^"]+)"/g, (_, id) => ` id="${id}-${copy}"`),
  );
  const styles = [
    'app/reader/text/highlights.css',
    'node_modules/@recogito/text-annotator/dist/text-annotator.css',
  ]
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  return `<!doctype html><meta charset="utf-8"><style>${styles}
    body { max-width: 40rem; margin: auto; font: 18px/1.5 serif } .corr { display: none }</style>${head}
    <body>${open}${copies.join('')}</div>${foot}`;
}

/** A script of a page's own. */
export const scriptOf = (script: string) => `<script>${script.replaceAll('</script', '<\\/script')}</script>`;
