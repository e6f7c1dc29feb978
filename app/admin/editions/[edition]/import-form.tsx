'use client';
import { useRouter } from 'next/navigation';
import { type FormEvent, useId, useRef, useState } from 'react';
import { api, Problem } from '@/app/_ui/api-client';
import { Button } from '@/app/_ui/button';
import { ProblemNotice } from '@/app/_ui/notice';
import { toast } from '@/app/_ui/toast';
import { useSubmit } from '@/app/_ui/use-submit';
import { useTranslations } from '@/lib/i18n/client';

/** Uploads a TEI file as the draft. A file with errors, which are listed by line, changes nothing. */
export function ImportForm({ edition }: { edition: string }) {
  const t = useTranslations('account');
  const common = useTranslations('common');
  const router = useRouter();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [faults, setFaults] = useState<string[]>([]);
  const form = useSubmit(common('failed'), async () => {
    const file = field.current?.files?.[0];
    if (!file) return;
    setFaults([]);
    const raw = { body: await file.text(), type: 'application/tei+xml' };
    const upload = api('PUT /editions/:edition/draft', { query: {}, param: { edition }, raw });
    const draft = await upload.catch((error) => {
      if (error instanceof Problem)
        setFaults(error.errors.map(({ pointer, detail }) => `${pointer} ${detail}`));
      throw error;
    });
    toast(t(draft.unchanged ? 'correct.unchanged' : 'correct.imported'));
    router.refresh();
  });
  return (
    <form
      method="post"
      className="stack"
      onSubmit={(event: FormEvent<HTMLFormElement>) => {
        event.preventDefault();
        form.onSubmit(event);
      }}
    >
      <ProblemNotice text={form.problem} />
      {faults.length > 0 && (
        <ul>
          {faults.map((fault) => (
            <li key={fault}>{fault}</li>
          ))}
        </ul>
      )}
      <label htmlFor={id}>{t('correct.file')}</label>
      <input ref={field} id={id} type="file" accept=".xml,application/tei+xml,application/xml" required />
      <Button type="submit" busy={form.busy}>
        {t('correct.importIt')}
      </Button>
    </form>
  );
}
