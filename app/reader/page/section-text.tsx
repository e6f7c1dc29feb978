import type { ReactNode } from 'react';
import { nestSpans } from '@/lib/edition/nest-spans';
import type { Paragraph, Section } from '@/lib/edition/schema';
import { splitSection } from '@/lib/edition/split-runs';
import type { PageContext } from './render-context';
import { RichText } from './rich-text';

/**
 * A text container: the canonical text of a section or a note in its paragraphs. `before` and `after` are rendered at
 * the beginning of the first and the end of the last paragraph, outside the text.
 */
export function SectionText({
  context,
  section,
  before,
  after,
}: {
  context: PageContext;
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
          {paragraph.number !== null && <ParagraphNumber context={context} number={paragraph.number} />}
          <RichText context={context} section={section.id} nodes={nestSpans(pieces)} />
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

/** The paragraph's number in the margin, with its short anchor `#p4`. */
function ParagraphNumber({ context, number }: { context: PageContext; number: string }) {
  return (
    <a
      className="number"
      id={`p${number}`}
      href={`#p${number}`}
      aria-label={context.t('paragraph', { number })}
      data-apparatus=""
    >
      {number}
    </a>
  );
}
