/** The ids of the people that a note mentions, each once, from the HTML that `renderMarkdown` made of it. */
export function mentionsIn(html: string): string[] {
  return [
    ...new Set(
      Array.from(html.matchAll(/<span class="mention" data-person="([^"]+)">/g), ([, id]) => id as string),
    ),
  ];
}
