import type { ReactNode } from 'react';
import { findSectionOfId, hrefTo } from '@/lib/edition/citation';
import type { NestedNode } from '@/lib/edition/nest-spans';
import type { Correction, Span } from '@/lib/edition/schema';
import type { PointMarker } from '@/lib/edition/split-runs';
import { apparatusEntryId, type PageContext } from './render-context';

/**
 * A paragraph's text as nested elements. Outside `data-apparatus` it is exactly the canonical text, because nodes only
 * add elements around it.
 */
export function RichText({
  context,
  section,
  nodes,
}: {
  context: PageContext;
  section: string;
  nodes: NestedNode[];
}) {
  return nodes.map((node) => {
    switch (node.type) {
      case 'text':
        return node.text;
      case 'span':
        return (
          <SpanElement key={`${node.span.kind} ${startOf(node)}`} context={context} node={node}>
            <RichText context={context} section={section} nodes={node.children} />
          </SpanElement>
        );
      case 'correction':
        return (
          <CorrectionElement key={`c ${startOf(node)}`} context={context} section={section} node={node}>
            <RichText context={context} section={section} nodes={node.children} />
          </CorrectionElement>
        );
      default:
        return (
          <Point key={`${node.type} ${pointKey(node)}`} context={context} section={section} point={node} />
        );
    }
  });
}

function SpanElement({
  context,
  node: { span, first, last },
  children,
}: {
  context: PageContext;
  node: { span: Span; first: boolean; last: boolean };
  children: ReactNode;
}) {
  const lang = span.language ?? undefined;
  // An aligned paragraph has its id on its own element.
  const id = first && span.kind !== 'block' ? (span.id ?? undefined) : undefined;
  if (span.kind === 'title') {
    return (
      <cite lang={lang} id={id}>
        {children}
      </cite>
    );
  }
  if (span.kind === 'ref') {
    const href = hrefTo(context.edition, context.page, span.targets[0] ?? '');
    return href === null ? (
      children
    ) : (
      <a href={href} id={id} lang={lang}>
        {children}
      </a>
    );
  }
  return (
    <>
      <span lang={lang} id={id} className={span.targets.length > 0 ? 'passage' : undefined}>
        {children}
      </span>
      {last && span.targets.map((target) => <Aligned key={target} context={context} target={target} />)}
    </>
  );
}

/** A link to the parallel passage in another language. */
function Aligned({ context, target }: { context: PageContext; target: string }) {
  const href = hrefTo(context.edition, context.page, target);
  if (href === null) return null;
  const title = context.t('alignedQuote', {
    title: findSectionOfId(target, context.edition.sections)?.title ?? '',
  });
  return (
    <a className="aligned" href={href} aria-label={title} title={title} data-apparatus="">
      ‖
    </a>
  );
}

function CorrectionElement({
  context,
  section,
  node: { correction, last },
  children,
}: {
  context: PageContext;
  section: string;
  node: { correction: Correction; last: boolean };
  children: ReactNode;
}) {
  const description = describeCorrection(context, correction);
  const mark = last && (
    <Mark href={`#${apparatusEntryId(section, correction.start)}`} description={description} />
  );
  if (correction.kind === 'note') {
    return (
      <>
        <span className="doubt" title={description}>
          {children}
        </span>
        {mark}
      </>
    );
  }
  return (
    <span className="choice" title={description}>
      <span className="sic">{children}</span>
      {last && (
        <span className="corr" data-apparatus="">
          {correction.corrected}
        </span>
      )}
      {mark}
    </span>
  );
}

/** The other reading for readers of a screen reader or by keyboard; visible only with the focus. */
function Mark({ href, description }: { href: string; description: string }) {
  return (
    <a className="mark" href={href} data-apparatus="">
      {description}
    </a>
  );
}

function Point({ context, section, point }: { context: PageContext; section: string; point: PointMarker }) {
  const { t } = context;
  if (point.type === 'note') {
    const { id, label } = point.note;
    return (
      <a
        className="noteref"
        role="doc-noteref"
        id={`${id}.call`}
        href={`#${id}`}
        aria-label={t('note', { label })}
        data-apparatus=""
      >
        {label}
      </a>
    );
  }
  if (point.type === 'page') {
    return (
      // biome-ignore lint/a11y/useFocusableInteractive: nobody works a page break (DPUB-ARIA 1.1, doc-pagebreak)
      <span
        className="page-break"
        role="doc-pagebreak"
        id={`page${point.label}`}
        aria-label={t('page', { label: point.label })}
        data-apparatus=""
      >
        {point.label}
      </span>
    );
  }
  const description = describeCorrection(context, point.correction);
  return (
    <span className="supplied" title={description} data-apparatus="">
      <span className="caret" aria-hidden="true" />
      <span className="word">
        <SuppliedWord text={point.correction.corrected} />
      </span>
      <Mark href={`#${apparatusEntryId(section, point.correction.start)}`} description={description} />
    </span>
  );
}

/** A supplied word without the space around it, so that the brackets are at the word. */
function SuppliedWord({ text }: { text: string }) {
  const words = text.trim();
  const [before = '', after = ''] = words ? text.split(words) : [text];
  return (
    <>
      {before}
      <span className="supplement">{words}</span>
      {after}
    </>
  );
}

/** A sentence that describes a correction. */
export function describeCorrection(
  { t }: PageContext,
  { kind, printed, corrected, note }: Correction,
): string {
  if (kind === 'note') return t('doubt', { note: note ?? '' });
  if (printed === '') return t('supplied', { corrected: corrected.trim() });
  return t('correction', { printed, corrected });
}

function startOf(node: Extract<NestedNode, { type: 'span' | 'correction' }>): number {
  const [first] = node.children;
  if (!first) return 0;
  if (first.type === 'text') return first.start;
  return first.type === 'span' || first.type === 'correction' ? startOf(first) : first.offset;
}

function pointKey(point: PointMarker): string {
  if (point.type === 'note') return point.note.id;
  return point.type === 'page' ? point.label : String(point.offset);
}
