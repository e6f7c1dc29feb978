/** The text and the tags of an annotation's bodies, as our pages show them. */
export function textOf({ bodyValue, body }: Record<string, unknown>): { body: string; tags: string[] } {
  const bodies = [body ?? []].flat() as Record<string, unknown>[];
  const values = (tagging: boolean) =>
    bodies
      .filter((part) => typeof part === 'object' && typeof part.value === 'string')
      .filter((part) => (part.purpose === 'tagging') === tagging)
      .map((part) => part.value as string);
  return { body: (bodyValue as string | undefined) ?? values(false).join('\n\n'), tags: values(true) };
}
