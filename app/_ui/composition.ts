/**
 * Whether a key belongs to a word that an input method is composing: Enter and Escape then end the composition, and
 * nothing else. Key code 229 is what Safari gives for the key that ends it (UI Events §5.7, legacy key codes).
 */
export function isComposing({
  isComposing,
  keyCode,
}: Pick<KeyboardEvent, 'isComposing' | 'keyCode'>): boolean {
  return isComposing || keyCode === 229;
}
