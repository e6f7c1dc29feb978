import {
  BookOpenText,
  CircleQuestionMark,
  Diff,
  Highlighter,
  type IconNode,
  Languages,
  Link2,
  MessageSquareText,
} from 'lucide';
import type { Kind } from '@/lib/annotation/schema';

/** The icon of each kind of note. */
export const KIND_ICONS: Record<Kind, IconNode> = {
  gloss: MessageSquareText,
  question: CircleQuestionMark,
  variant: Diff,
  translation: Languages,
  source: BookOpenText,
  link: Link2,
  highlight: Highlighter,
};
