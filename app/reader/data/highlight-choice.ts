import { readSetting, writeSetting } from '@/app/_ui/stored-setting';

/** Whose notes have their words marked in the text. */
export const HIGHLIGHT_CHOICES = ['all', 'mine', 'none'] as const;
export type HighlightChoice = (typeof HIGHLIGHT_CHOICES)[number];

const SETTING = 'scholion.highlights';

/** What this browser remembers. */
export function readHighlightChoice(): HighlightChoice {
  const kept = readSetting(SETTING);
  return HIGHLIGHT_CHOICES.find((choice) => choice === kept) ?? 'all';
}

/** Keeps a choice for every page. */
export function keepHighlightChoice(choice: HighlightChoice): void {
  writeSetting(SETTING, choice);
}
