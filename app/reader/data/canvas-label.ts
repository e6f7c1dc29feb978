/**
 * A canvas's label for the reader: without the bracketed note at its end, which is shown under the image, and with
 * `pageWord` for the `p.` that an image without a label of its own is given (`p. 125`).
 */
export function shortenLabel(label: string, pageWord: string): string {
  return label.replace(/ \([^()]*\)$/, '').replace(/^p\. (?=\S+$)/, `${pageWord} `);
}
