/** The text of a rendered body, without its markup. Parsed in a template, whose content is inert. */
export function plainText(html: string): string {
  // Most bodies have only bare tags, which need no parser: a dozen cards are rendered at once.
  if (!/&|<[^>]*[\s"]/.test(html)) return html.replace(/<[^>]*>/g, '').trim();
  const template = document.createElement('template');
  template.innerHTML = html;
  return template.content.textContent.trim();
}
