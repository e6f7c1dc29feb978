'use client';
import { useRouter } from 'next/navigation';
import { type FormEvent, useRef, useState } from 'react';
import { api, Problem } from '@/app/_ui/api-client';
import { Button } from '@/app/_ui/button';
import { Field } from '@/app/_ui/field';
import { toast } from '@/app/_ui/toast';
import { useTranslations } from '@/lib/i18n/client';

/** An upload: pending, done with the label of its canvas, or refused with the reason. */
type Sent = { name: string; done?: string; refused?: string };

/**
 * Uploads scans one after another to the pages that their files are named after. Each result is shown as it comes; a
 * refused file does not stop the others.
 */
export function ScansForm({ edition }: { edition: string }) {
  const t = useTranslations('canvas');
  const common = useTranslations('common');
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const [sent, setSent] = useState<Sent[]>([]);
  const [at, setAt] = useState<number | null>(null);

  async function onSubmit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const field = event.currentTarget.elements.namedItem('scans') as HTMLInputElement;
    const files = [...(field.files ?? [])];
    if (at !== null || files.length === 0) return;
    let list: Sent[] = files.map(({ name }) => ({ name }));
    setSent(list);
    for (const [i, file] of files.entries()) {
      setAt(i);
      const outcome = await put(file);
      list = list.map((upload, j) => (j === i ? { ...upload, ...outcome } : upload));
      setSent(list);
    }
    setAt(null);
    if (list.every(({ refused }) => refused === undefined)) form.current?.reset();
    toast(t('manage.sent', { count: list.filter(({ done }) => done !== undefined).length }));
    router.refresh();
  }

  async function put(file: File): Promise<Partial<Sent>> {
    try {
      const { label } = await api('POST /editions/:edition/canvases', {
        param: { edition },
        query: { name: file.name },
        raw: { body: file, type: file.type || 'image/tiff' },
      });
      return { done: label };
    } catch (error) {
      const known = error instanceof Problem ? error : undefined;
      return { refused: known?.errors[0]?.detail || known?.detail || common('failed') };
    }
  }

  return (
    <form ref={form} method="post" className="stack" onSubmit={onSubmit}>
      <Field
        type="file"
        name="scans"
        multiple
        required
        accept="image/jpeg,image/png,image/tiff,image/webp,.tif,.tiff"
        label={t('manage.scans')}
        hint={t('manage.scansHint')}
      />
      <Button type="submit" busy={at !== null}>
        {t('manage.send')}
      </Button>
      <p role="status">{at !== null && t('manage.sending', { number: at + 1, total: sent.length })}</p>
      {sent.some(({ refused }) => refused !== undefined) && (
        <ul>
          {sent
            .filter(({ refused }) => refused !== undefined)
            .map(({ name, refused }) => (
              <li key={name}>
                <b>{name}</b>: {refused}
              </li>
            ))}
        </ul>
      )}
    </form>
  );
}
