'use client';
import { useEffect, useState } from 'react';

const NONE: ReadonlyMap<string, HTMLElement> = new Map();

/** The text roots of an edition on this page, by section and in their order; none before the page is there. */
export function useTextContainers(edition: string, section: string): ReadonlyMap<string, HTMLElement> {
  const [roots, setRoots] = useState(NONE);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another section is another page
  useEffect(() => {
    const found = document.querySelectorAll<HTMLElement>('[data-section][data-edition]');
    const own = [...found].filter((root) => root.dataset.edition === edition);
    setRoots(new Map(own.map((root) => [root.dataset.section ?? '', root])));
  }, [edition, section]);
  return roots;
}
