'use client';
import { Plus } from 'lucide';
import { useRouter } from 'next/navigation';
import { api } from '@/app/_ui/api-client';
import { Button } from '@/app/_ui/button';
import { Field } from '@/app/_ui/field';
import { ProblemNotice } from '@/app/_ui/notice';
import { useSubmit } from '@/app/_ui/use-submit';
import { useTranslations } from '@/lib/i18n/client';

/** Puts another tag among those that are offered. */
export function OfferForm({ group, offered }: { group: string; offered: string[] }) {
  const t = useTranslations('groups');
  const common = useTranslations('common');
  const router = useRouter();
  const form = useSubmit(common('failed'), async ({ tags = '' }) => {
    const added = tags.split(',').map((tag) => tag.trim());
    const tagSet = [...offered, ...added.filter((tag) => tag !== '')];
    await api('PATCH /groups/:group', { param: { group }, json: { tagSet } });
    router.refresh();
  });
  return (
    <>
      <ProblemNotice text={form.errorOf('tagSet') ?? form.problem} />
      <form method="post" onSubmit={form.onSubmit} className="fields">
        <Field label={t('tags.add')} hint={t('tags.addHint')} name="tags" required maxLength={1000} />
        <Button type="submit" icon={Plus} busy={form.busy}>
          {t('tags.offer')}
        </Button>
      </form>
    </>
  );
}
