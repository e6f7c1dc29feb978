'use client';
import { useRouter } from 'next/navigation';
import { api } from '@/app/_ui/api-client';
import { Button } from '@/app/_ui/button';
import { ProblemNotice } from '@/app/_ui/notice';
import { useSubmit } from '@/app/_ui/use-submit';
import { useTranslations } from '@/lib/i18n/client';

/** Joins an open group, or a group by an invitation, and opens it. */
export function JoinButton({ by, text }: { by: { group: string } | { code: string }; text: string }) {
  const common = useTranslations('common');
  const router = useRouter();
  const form = useSubmit(common('failed'), async () => {
    const joining =
      'code' in by ? api('POST /join/:code', { param: by }) : api('POST /groups/:group/join', { param: by });
    const { slug } = await joining;
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
