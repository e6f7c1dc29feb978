import type { Element, Root } from 'hast';
import { countLeftOut } from './count-source';
import type { NoticeList } from './notices';
import { isElement, placeOf, textOf } from './source-tree';

/** Notices each element of a tree that is left out, with its words; those without any text are nothing to tell. */
export function noticeLeftOut(root: Root, notices: NoticeList): void {
  const visit = (node: Root | Element, around: string, file: string): void => {
    for (const child of node.children) {
      if (!isElement(child)) continue;
      const own = child.data?.file ?? file;
      const place = placeOf(child, own) || around;
      const reason = child.data?.leftOut;
      if (reason === undefined) visit(child, place, own);
      else if (textOf(child).trim() !== '')
        notices.add({
          kind: 'left-out',
          element: child.tagName,
          reason,
          place,
          words: countLeftOut(child),
        });
    }
  };
  visit(root, '', '');
}
