'use client';
import { useState } from 'react';

declare global {
  var scholionHtml: Map<string, string> | undefined;
}

/**
 * HTML that the server wrote and React leaves alone. On the server it comes from memory by its `name` (`keepHtml`), so
 * that it is in the page once: what a component is given is sent again as data. In the browser it is what the page
 * shows already.
 */
export function KeptHtml({ name }: { name: string }) {
  // The same object at each render, or React would write it again.
  const [content] = useState(() => ({ __html: globalThis.scholionHtml?.get(name) ?? shownHtml(name) }));
  return (
    // biome-ignore lint/security/noDangerouslySetInnerHtml: written by `element`, which escapes
    <div data-kept={name} dangerouslySetInnerHTML={content} suppressHydrationWarning />
  );
}

function shownHtml(name: string): string {
  if (typeof document === 'undefined') throw new Error(`The HTML ${name} is not in memory any more.`);
  const shown = document.querySelector(`[data-kept="${name}"]`);
  // Only a page that the browser did not load lacks it.
  if (!shown) location.reload();
  return shown?.innerHTML ?? '';
}
