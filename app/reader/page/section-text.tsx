import type { ReactNode } from 'react';
import { nestSpans } from '@/lib/edition/nest-spans';
import type { Paragraph, Section } from '@/lib/edition/schema';
import { splitSection } from '@/lib/edition/split-runs';
import type { PageContext } from './render-context';
import { RichText } from './rich-text';

/**
 * A text root: the canonical text of a section or a note in its paragraphs. `before` stands at the beginning of
 * its first paragraph, `after` at the end of its last, both outside the text.
 */
export function SectionText({
  view,
  section,
  before,
  after,
}: {
  view: PageContext;
  section: Section;
  before?: ReactNode;
  after?: ReactNode;
}) {
  const flow = splitSection(section);
  return (
    <div
      className="text"
      data-section={section.id}
      data-edition={section.edition}
      data-revision={section.revision}
      lang={section.language}
    >
      {flow.map(({ paragraph, pieces }, i) => (
        <Block key={paragraph.id} paragraph={paragraph} language={section.language}>
          {i === 0 && before}
          {paragraph.number !== null && <ParagraphNumber view={view} number={paragraph.number} />}
          <RichText view={view} section={section.id} nodes={nestSpans(pieces)} />
          {i === flow.length - 1 && after}
        </Block>
      ))}
    </div>
  );
}

function Block({
  paragraph: { id, start, end, kind, language },
  language: around,
  children,
}: {
  paragraph: Paragraph;
  language: string;
  children: ReactNode;
}) {
  const Element = kind === 'head' ? 'h1' : 'p';
  return (
    <Element
      id={id}
      className={kind}
      data-start={start}
      data-end={end}
      lang={language === around ? undefined : language}
    >
      {children}
    </Element>
  );
}

/** The number in the margin, which is also the paragraph's short anchor: `#p4`. */
function ParagraphNumber({ view, number }: { view: PageContext; number: string }) {
  return (
    <a
      className="number"
      id={`p${number}`}
      href={`#p${number}`}
      aria-label={view.t('paragraph', { number })}
      data-apparatus=""
    >
      {number}
    </a>
  );
}
