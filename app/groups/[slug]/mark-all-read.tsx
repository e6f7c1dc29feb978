'use client';
import { useRouter } from 'next/navigation';
import { api } from '@/app/_ui/api-client';
import { Button } from '@/app/_ui/button';
import { ProblemNotice } from '@/app/_ui/notice';
import { useSubmit } from '@/app/_ui/use-submit';
import { useTranslations } from '@/lib/i18n/client';

/** Marks as read all that the group's page knew of when it was made: ISO 8601. */
export function MarkAllRead({ slug, until }: { slug: string; until: string }) {
  const t = useTranslations('groups');
  const common = useTranslations('common');
  const router = useRouter();
  const form = useSubmit(common('failed'), async () => {
    await api('PUT /groups/:group/read', { param: { group: slug }, json: { until } });
    router.refresh();
  });
  return (
    <form method="post" onSubmit={form.onSubmit}>
      <ProblemNotice text={form.problem} />
      <Button type="submit" look="quiet" small busy={form.busy}>
        {t('home.allRead')}
      </Button>
    </form>
  );
}
