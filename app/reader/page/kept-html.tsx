'use client';
import { useEffect, useState } from 'react';

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
  const [{ content, isMissing }] = useState(() => {
    const html = globalThis.scholionHtml?.get(name) ?? shownHtml(name);
    return { content: { __html: html ?? '' }, isMissing: html === undefined };
  });
  // Only a page that Next put in place of another lacks it. Its address is that of this page from now on, not before.
  useEffect(() => {
    if (isMissing) location.reload();
  }, [isMissing]);
  return (
    // biome-ignore lint/security/noDangerouslySetInnerHtml: written by `element`, which escapes
    <div data-kept={name} dangerouslySetInnerHTML={content} suppressHydrationWarning />
  );
}

/** The HTML that the page shows already; undefined where the browser has not loaded this page. */
function shownHtml(name: string): string | undefined {
  if (typeof document === 'undefined') throw new Error(`The HTML ${name} is not in memory any more.`);
  return document.querySelector(`[data-kept="${name}"]`)?.innerHTML;
}
