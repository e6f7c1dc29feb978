'use client';
import { useRouter } from 'next/navigation';
import { api } from '@/app/_ui/api-client';
import { Button } from '@/app/_ui/button';
import { ProblemNotice } from '@/app/_ui/notice';
import { useSubmit } from '@/app/_ui/use-submit';
import type { JoinedGroup } from '@/lib/group/schema';
import { useTranslations } from '@/lib/i18n/client';

/** Joins a group by an API call, and opens it. */
export function JoinButton({ call, text }: { call: string; text: string }) {
  const common = useTranslations('common');
  const router = useRouter();
  const form = useSubmit(common('failed'), async () => {
    const { slug } = await api<JoinedGroup>(call, { method: 'POST' });
    router.push(`/groups/${slug}`);
    router.refresh();
  });
  return (
    <form method="post" onSubmit={form.onSubmit} className="stack">
      <ProblemNotice text={form.problem} />
      <Button type="submit" look="primary" busy={form.busy}>
        {text}
      </Button>
    </form>
  );
}
