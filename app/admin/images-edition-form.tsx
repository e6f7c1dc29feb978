'use client';
import { useRouter } from 'next/navigation';
import { api } from '@/app/_ui/api-client';
import { Button } from '@/app/_ui/button';
import { Field } from '@/app/_ui/field';
import { ProblemNotice } from '@/app/_ui/notice';
import { useSubmit } from '@/app/_ui/use-submit';
import { useTranslations } from '@/lib/i18n/client';

/** Creates an edition without text from an IIIF manifest, and opens it. */
export function ImagesEditionForm() {
  const t = useTranslations('canvas');
  const common = useTranslations('common');
  const router = useRouter();
  const form = useSubmit(common('failed'), async ({ slug = '', url = '' }) => {
    const { edition } = await api('POST /manifests', { json: { slug, url } });
    router.push(`/admin/editions/${edition}`);
  });
  return (
    <form method="post" className="stack" onSubmit={form.onSubmit}>
      <ProblemNotice text={form.problem} />
      <Field
        name="slug"
        label={t('manage.slug')}
        hint={t('manage.slugHint')}
        required
        error={form.errorOf('slug')}
      />
      <Field
        type="url"
        name="url"
        label={t('manage.manifest')}
        hint={t('manage.manifestHint')}
        required
        error={form.errorOf('url')}
      />
      <Button type="submit" busy={form.busy}>
        {t('manage.makeEdition')}
      </Button>
    </form>
  );
}
