import type { Element, Root } from 'hast';
import { isElement, propertyOf } from '../source-tree';

/** The ids of a source that something links to, as ids of the TEI: NCNames, each once. */
export type LinkIds = {
  /** The TEI id of an element that is a link target, the first time that it is asked for. */
  take(node: Element): string | undefined;
  /** The TEI target of a link, or undefined where it leads to nothing in this text. */
  targetOf(href: string): string | undefined;
};

/** Finds the links of a tree to its own elements (`#…`). */
export function collectLinkIds(root: Root): LinkIds {
  const wanted = new Set<string>();
  const there = new Set<string>();
  const visit = (node: Root | Element): void => {
    for (const child of node.children) {
      if (!isElement(child)) continue;
      const { leftOut, page, note } = child.data ?? {};
      for (const id of idsOf(child)) if (leftOut === undefined || page || note) there.add(id);
      if (leftOut !== undefined) continue;
      const fragment = fragmentOf(propertyOf(child, 'href'));
      if (fragment !== undefined) wanted.add(fragment);
      visit(child);
    }
  };
  visit(root);
  const ids = new Map<string, string>();
  const used = new Set<string>();
  for (const id of there) if (wanted.has(id)) ids.set(id, uniqueName(id, used));
  const left = new Map(ids);
  return {
    take(node) {
      const id = idsOf(node).find((candidate) => left.has(candidate));
      const name = id === undefined ? undefined : left.get(id);
      if (id !== undefined) left.delete(id);
      return name;
    },
    targetOf(href) {
      const id = fragmentOf(href);
      const name = id === undefined ? undefined : ids.get(id);
      return name && `#${name}`;
    },
  };
}

function idsOf(node: Element): string[] {
  const name = node.tagName === 'a' ? propertyOf(node, 'name') : undefined;
  return [propertyOf(node, 'id'), name].filter((id) => id !== undefined && id !== '') as string[];
}

/** The fragment of a link within the document, decoded (RFC 3986 §2.1). */
export function fragmentOf(href: string | undefined): string | undefined {
  if (!href?.startsWith('#') || href.length < 2) return undefined;
  try {
    return decodeURIComponent(href.slice(1));
  } catch {
    return href.slice(1);
  }
}

/** An id as an NCName (XML Namespaces §3) that is not used yet. */
function uniqueName(id: string, used: Set<string>): string {
  const legal = id.normalize('NFC').replace(/[^\p{L}\p{N}_.-]/gu, '_');
  const name = /^[\p{L}_]/u.test(legal) ? legal : `_${legal}`;
  let unique = name;
  for (let n = 2; used.has(unique); n++) unique = `${name}.${n}`;
  used.add(unique);
  return unique;
}
