'use client';
import { useRouter } from 'next/navigation';
import { api } from '@/app/_ui/api-client';
import { Button, ButtonLink } from '@/app/_ui/button';
import { TextField } from '@/app/_ui/field';
import { ProblemNotice } from '@/app/_ui/notice';
import { toast } from '@/app/_ui/toast';
import { useSubmit } from '@/app/_ui/use-submit';
import type { Group } from '@/lib/group/schema';
import { useTranslations } from '@/lib/i18n/client';

/** What members are asked to agree to for research, and the copy of what those wrote who do. */
export function ResearchForm({ group: { slug, researchWording } }: { group: Group }) {
  const t = useTranslations('groups');
  const common = useTranslations('common');
  const router = useRouter();
  const form = useSubmit(common('failed'), async ({ wording = '' }) => {
    await api('PATCH /groups/:group', { param: { group: slug }, json: { researchWording: wording } });
    toast(common('saved'));
    router.refresh();
  });
  const copy = `/api/v1/groups/${slug}/research-copy`;
  return (
    <form method="post" onSubmit={form.onSubmit} className="stack">
      <ProblemNotice text={form.problem} />
      <TextField
        label={t('research.wording')}
        hint={t('research.wordingHint')}
        name="wording"
        maxLength={10_000}
        defaultValue={researchWording}
      />
      <p className="row">
        <Button type="submit" busy={form.busy}>
          {t('research.save')}
        </Button>
        {researchWording !== '' && (
          <>
            <ButtonLink href={copy} prefetch={false}>
              {t('research.copy')}
            </ButtonLink>
            <ButtonLink href={`${copy}?shiftDates=1`} prefetch={false}>
              {t('research.copyShifted')}
            </ButtonLink>
          </>
        )}
      </p>
    </form>
  );
}
