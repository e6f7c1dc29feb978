/** A canvas's label without what stands in brackets at its end: that is said under the image. */
export function shortenLabel(label: string): string {
  return label.replace(/ \([^()]*\)$/, '');
}
