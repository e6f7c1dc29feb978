'use client';
import { useRouter } from 'next/navigation';
import { api } from '@/app/_ui/api-client';
import { Button } from '@/app/_ui/button';
import { Field } from '@/app/_ui/field';
import { ProblemNotice } from '@/app/_ui/notice';
import { useSubmit } from '@/app/_ui/use-submit';
import { NAME_LIMIT } from '@/lib/group/constants';
import { useTranslations } from '@/lib/i18n/client';

/** Copies a group for the next term, and opens the copy. */
export function CopyForm({ group }: { group: string }) {
  const t = useTranslations('groups');
  const common = useTranslations('common');
  const router = useRouter();
  const form = useSubmit(common('failed'), async ({ name = '', shift }) => {
    const json = { name, ...(shift && { shift: Number(shift) }) };
    const made = await api('POST /groups/:group/copy', { param: { group }, json });
    router.push(`/groups/${made.slug}`);
    router.refresh();
  });
  return (
    <form method="post" onSubmit={form.onSubmit} className="stack">
      <ProblemNotice text={form.problem} />
      <Field
        label={t('copy.name')}
        name="name"
        required
        maxLength={NAME_LIMIT}
        error={form.errorOf('name')}
      />
      <Field
        label={t('copy.shift')}
        hint={t('copy.shiftHint')}
        name="shift"
        type="number"
        min={-3660}
        max={3660}
        error={form.errorOf('shift')}
      />
      <p>
        <Button type="submit" busy={form.busy}>
          {t('copy.submit')}
        </Button>
      </p>
    </form>
  );
}
