/** How warm a paragraph with `notes` is beside the warmest one, with `most`: 0 (nothing said) to 4. */
export function levelOf(notes: number, most: number): number {
  return notes === 0 ? 0 : Math.max(1, Math.ceil((4 * notes) / most));
}
