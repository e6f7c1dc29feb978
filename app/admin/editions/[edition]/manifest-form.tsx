'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { api, Problem } from '@/app/_ui/api-client';
import { Button } from '@/app/_ui/button';
import { Field } from '@/app/_ui/field';
import { ProblemNotice } from '@/app/_ui/notice';
import { toast } from '@/app/_ui/toast';
import { useSubmit } from '@/app/_ui/use-submit';
import { useTranslations } from '@/lib/i18n/client';

/** Attaches the images of an IIIF manifest to the edition; errors are listed by canvas. */
export function ManifestForm({ edition }: { edition: string }) {
  const t = useTranslations('canvas');
  const common = useTranslations('common');
  const router = useRouter();
  const [faults, setFaults] = useState<string[]>([]);
  const form = useSubmit(common('failed'), async ({ url = '' }) => {
    setFaults([]);
    const { items } = await api('POST /editions/:edition/manifest', {
      param: { edition },
      json: { url },
    }).catch((error) => {
      if (error instanceof Problem) {
        const ofCanvases = error.errors.filter(({ pointer }) => pointer !== '/url');
        setFaults(ofCanvases.map(({ pointer, detail }) => `${pointer} ${detail}`.trim()));
      }
      throw error;
    });
    toast(t('manage.attached', { count: items.length }));
    router.refresh();
  });
  return (
    <form method="post" className="stack" onSubmit={form.onSubmit}>
      <ProblemNotice text={form.problem} />
      {faults.length > 0 && (
        <ul>
          {faults.map((fault) => (
            <li key={fault}>{fault}</li>
          ))}
        </ul>
      )}
      <Field
        type="url"
        name="url"
        required
        label={t('manage.manifest')}
        hint={t('manage.manifestHint')}
        error={form.errorOf('url')}
      />
      <Button type="submit" busy={form.busy}>
        {t('manage.attach')}
      </Button>
    </form>
  );
}
