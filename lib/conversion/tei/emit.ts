import type { Element as SourceElement } from 'hast';
import type { Element, ElementContent } from 'xast';
import type { TeiContext, TeiState } from './state';
import { POINTS, tei } from './tei-node';

/**
 * Makes a TEI element for a source element: with its id where something links to it, and with its language and
 * direction where they differ from those around it. `content` makes its children in the context inside.
 */
export function emit(
  name: string,
  attributes: Record<string, string | undefined>,
  node: SourceElement | null,
  { context, state }: { context: TeiContext; state: TeiState },
  content: (inside: TeiContext) => ElementContent[],
): Element {
  const ids = [...state.pendingIds.splice(0), ...((node && [state.ids.take(node)]) ?? [])].filter(
    (id) => id !== undefined,
  );
  const [own, ...further] = ids.reverse();
  const children = content({
    ...context,
    outLanguage: context.language,
    outDirection: context.direction,
  });
  return tei(
    name,
    {
      'xml:id': own,
      'xml:lang': context.language === context.outLanguage ? undefined : context.language,
      ...attributes,
      style:
        context.direction === context.outDirection ? undefined : `direction: ${context.direction ?? 'ltr'}`,
    },
    [...further.map((id) => tei('anchor', { 'xml:id': id })), ...children],
  );
}

/** Ids that are still waiting, as anchors. */
export function takePendingAnchors(state: TeiState): Element[] {
  return state.pendingIds.splice(0).map((id) => tei('anchor', { 'xml:id': id }));
}

/** Whether content has something to show: words, an image, a note. */
export function isShown(content: ElementContent[]): boolean {
  return content.some((child) => {
    if (child.type === 'text') return child.value.trim() !== '';
    if (child.type !== 'element' || POINTS.has(child.name)) return false;
    return ['graphic', 'note', 'figure'].includes(child.name) || isShown(child.children);
  });
}
