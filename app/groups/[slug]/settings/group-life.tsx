'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { api } from '@/app/_ui/api-client';
import { Button, ButtonLink } from '@/app/_ui/button';
import { Dialog, DialogButtons } from '@/app/_ui/dialog';
import { Choice, Field } from '@/app/_ui/field';
import { ProblemNotice } from '@/app/_ui/notice';
import { toast } from '@/app/_ui/toast';
import { useSubmit } from '@/app/_ui/use-submit';
import type { Group, Member } from '@/lib/group/schema';
import { useTranslations } from '@/lib/i18n/client';

/** Archives a group, or takes it from the archive. */
export function ArchiveButton({ group: { slug, archived } }: { group: Group }) {
  const t = useTranslations('groups');
  const common = useTranslations('common');
  const router = useRouter();
  const form = useSubmit(common('failed'));
  function change(): void {
    void form.run(async () => {
      await api('PATCH /groups/:group', { param: { group: slug }, json: { archived: !archived } });
      toast(common('saved'));
      router.refresh();
    });
  }
  return (
    <>
      <ProblemNotice text={form.problem} />
      <p>
        <Button busy={form.busy} onClick={change}>
          {t(archived ? 'archive.end' : 'archive.submit')}
        </Button>
      </p>
    </>
  );
}

/** Makes another member the owner of a group. */
export function HandOverForm({ group, members }: { group: string; members: Member[] }) {
  const t = useTranslations('groups');
  const common = useTranslations('common');
  const router = useRouter();
  const form = useSubmit(common('failed'), async ({ member = '' }) => {
    await api('PUT /groups/:group/owner', { param: { group }, json: { member } });
    toast(t('handOver.done'));
    router.refresh();
  });
  return (
    <form method="post" onSubmit={form.onSubmit} className="stack">
      <ProblemNotice text={form.errorOf('member') ? undefined : form.problem} />
      <Choice label={t('handOver.member')} name="member" required error={form.errorOf('member')}>
        <option value="" />
        {members.map(({ id, name, role }) => (
          <option key={id} value={id}>
            {`${name} (${t(`role.${role}`)})`}
          </option>
        ))}
      </Choice>
      <p>
        <Button type="submit" busy={form.busy}>
          {t('handOver.submit')}
        </Button>
      </p>
    </form>
  );
}

/** Deletes a group, once its name was typed. */
export function DeleteGroup({ group: { slug, name } }: { group: Group }) {
  const t = useTranslations('groups');
  const common = useTranslations('common');
  const router = useRouter();
  const [isAsking, setAsking] = useState(false);
  const form = useSubmit(common('failed'), async ({ name: typed = '' }) => {
    await api('DELETE /groups/:group', { param: { group: slug }, query: { name: typed } });
    toast(t('delete.done'));
    router.push('/groups');
    router.refresh();
  });
  return (
    <>
      <p className="row">
        <ButtonLink href={`/groups/${slug}/export`}>{t('delete.export')}</ButtonLink>
        <Button look="danger" onClick={() => setAsking(true)}>
          {t('delete.submit')}
        </Button>
      </p>
      {isAsking && (
        <Dialog title={t('delete.sure', { name })} onClose={() => setAsking(false)}>
          <form method="post" className="stack" onSubmit={form.onSubmit}>
            <p>{t('delete.lead')}</p>
            <ProblemNotice text={form.errorOf('name') ? undefined : form.problem} />
            <Field
              label={t('delete.type')}
              name="name"
              required
              autoComplete="off"
              error={form.errorOf('name')}
            />
            <DialogButtons>
              <Button look="quiet" onClick={() => setAsking(false)}>
                {common('cancel')}
              </Button>
              <Button type="submit" look="destroy" busy={form.busy}>
                {t('delete.submit')}
              </Button>
            </DialogButtons>
          </form>
        </Dialog>
      )}
    </>
  );
}
