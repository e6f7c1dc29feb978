/** A canvas's label without the bracketed note at its end, which is shown under the image. */
export function shortenLabel(label: string): string {
  return label.replace(/ \([^()]*\)$/, '');
}
