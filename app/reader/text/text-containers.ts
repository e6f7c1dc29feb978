/** The elements of a page that hold canonical text, by section and in their order. */
export type TextContainers = ReadonlyMap<string, HTMLElement>;

export const NO_CONTAINERS: TextContainers = new Map();

/** The text containers of an edition on this page: the section's, and those of its notes. */
export function findTextContainers(edition: string): TextContainers {
  const found = document.querySelectorAll<HTMLElement>('[data-section][data-edition]');
  const own = [...found].filter((container) => container.dataset.edition === edition);
  return new Map(own.map((container) => [container.dataset.section ?? '', container]));
}
