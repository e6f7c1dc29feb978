import type { ReactNode } from 'react';
import { findSectionOfId, hrefTo } from '@/lib/edition/citation';
import type { NestedNode } from '@/lib/edition/nest-spans';
import type { Correction, Span } from '@/lib/edition/schema';
import type { PointMarker } from '@/lib/edition/split-runs';
import { apparatusEntryId, type PageContext } from './render-context';

/**
 * A paragraph's text in the page. Outside `data-apparatus` it is exactly the canonical text: each node adds only
 * elements around it.
 */
export function RichText({
  view,
  section,
  nodes,
}: {
  view: PageContext;
  section: string;
  nodes: NestedNode[];
}) {
  return nodes.map((node) => {
    switch (node.type) {
      case 'text':
        return node.text;
      case 'span':
        return (
          <SpanElement key={`${node.span.kind} ${startOf(node)}`} view={view} node={node}>
            <RichText view={view} section={section} nodes={node.children} />
          </SpanElement>
        );
      case 'correction':
        return (
          <CorrectionElement key={`c ${startOf(node)}`} view={view} section={section} node={node}>
            <RichText view={view} section={section} nodes={node.children} />
          </CorrectionElement>
        );
      default:
        return <Point key={`${node.type} ${pointKey(node)}`} view={view} section={section} point={node} />;
    }
  });
}

function SpanElement({
  view,
  node: { span, first, last },
  children,
}: {
  view: PageContext;
  node: { span: Span; first: boolean; last: boolean };
  children: ReactNode;
}) {
  const lang = span.language ?? undefined;
  // A paragraph that is itself aligned has its id already.
  const id = first && span.kind !== 'block' ? (span.id ?? undefined) : undefined;
  if (span.kind === 'title') {
    return (
      <cite lang={lang} id={id}>
        {children}
      </cite>
    );
  }
  if (span.kind === 'ref') {
    const href = hrefTo(view.edition, view.page, span.targets[0] ?? '');
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
      {last && span.targets.map((target) => <Aligned key={target} view={view} target={target} />)}
    </>
  );
}

/** The way to the passage that says the same in another language. */
function Aligned({ view, target }: { view: PageContext; target: string }) {
  const href = hrefTo(view.edition, view.page, target);
  if (href === null) return null;
  const title = view.t('alignedQuote', {
    title: findSectionOfId(target, view.edition.sections)?.title ?? '',
  });
  return (
    <a className="aligned" href={href} aria-label={title} title={title} data-apparatus="">
      ‖
    </a>
  );
}

function CorrectionElement({
  view,
  section,
  node: { correction, last },
  children,
}: {
  view: PageContext;
  section: string;
  node: { correction: Correction; last: boolean };
  children: ReactNode;
}) {
  const said = describeCorrection(view, correction);
  const mark = last && <Mark href={`#${apparatusEntryId(section, correction.start)}`} said={said} />;
  if (correction.kind === 'note') {
    return (
      <>
        <span className="doubt" title={said}>
          {children}
        </span>
        {mark}
      </>
    );
  }
  return (
    <span className="choice" title={said}>
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

/** Says the other reading to whoever does not see the dotted line; comes into sight with the focus. */
function Mark({ href, said }: { href: string; said: string }) {
  return (
    <a className="mark" href={href} data-apparatus="">
      {said}
    </a>
  );
}

function Point({ view, section, point }: { view: PageContext; section: string; point: PointMarker }) {
  const { t } = view;
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
  const said = describeCorrection(view, point.correction);
  return (
    <span className="supplied" title={said} data-apparatus="">
      <span className="caret" aria-hidden="true" />
      <span className="word">
        <SuppliedWord text={point.correction.corrected} />
      </span>
      <Mark href={`#${apparatusEntryId(section, point.correction.start)}`} said={said} />
    </span>
  );
}

/** What is supplied, so that its brackets stand at the words and not at the space around them. */
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

/** A correction in a sentence. */
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
