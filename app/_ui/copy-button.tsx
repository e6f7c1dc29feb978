'use client';
import { Copy } from 'lucide';
import { useTranslations } from '@/lib/i18n/client';
import { Button } from './button';
import { toast } from './toast';

/** Copies `text`. Where the browser refuses, the text can still be selected by hand. */
export function CopyButton({ text, label }: { text: string; label?: string }) {
  const t = useTranslations('common');
  return (
    <Button
      small
      icon={Copy}
      aria-label={label}
      onClick={() =>
        navigator.clipboard?.writeText(text).then(
          () => toast(t('copied')),
          () => {},
        )
      }
    >
      {t('copy')}
    </Button>
  );
}
