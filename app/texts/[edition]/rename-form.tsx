'use client';
import { useRouter } from 'next/navigation';
import { api } from '@/app/_ui/api-client';
import { Button } from '@/app/_ui/button';
import { Field } from '@/app/_ui/field';
import { ProblemNotice } from '@/app/_ui/notice';
import { toast } from '@/app/_ui/toast';
import { useSubmit } from '@/app/_ui/use-submit';
import { useTranslations } from '@/lib/i18n/client';

/** Gives the edition another title than its file does. */
export function RenameForm({ edition, title }: { edition: string; title: string }) {
  const t = useTranslations('texts');
  const common = useTranslations('common');
  const router = useRouter();
  const form = useSubmit(common('failed'), async (fields) => {
    await api('PATCH /editions/:edition', { param: { edition }, json: { title: fields.title ?? '' } });
    toast(t('renamed'));
    router.refresh();
  });
  return (
    <form method="post" className="stack" onSubmit={form.onSubmit}>
      <ProblemNotice text={form.errorOf('title') ? undefined : form.problem} />
      <Field
        label={t('newTitle')}
        name="title"
        required
        maxLength={500}
        dir="auto"
        defaultValue={title}
        error={form.errorOf('title')}
      />
      <p>
        <Button type="submit" busy={form.busy}>
          {t('rename')}
        </Button>
      </p>
    </form>
  );
}
