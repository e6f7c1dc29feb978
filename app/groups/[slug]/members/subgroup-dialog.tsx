'use client';
import { useRouter } from 'next/navigation';
import { api } from '@/app/_ui/api-client';
import { Button } from '@/app/_ui/button';
import { Dialog, DialogButtons } from '@/app/_ui/dialog';
import { Check, Field } from '@/app/_ui/field';
import { ProblemNotice } from '@/app/_ui/notice';
import { useSubmit } from '@/app/_ui/use-submit';
import type { Subgroup } from '@/lib/group/schema';
import { useTranslations } from '@/lib/i18n/client';

type Person = { id: string; name: string };
type Props = {
  group: string;
  /** Left out for a new one. */
  subgroup?: Subgroup | undefined;
  students: Person[];
  onClose: () => void;
};

/** The name of a subgroup, and who is in it. */
export function SubgroupDialog({ group, subgroup, students, onClose }: Props) {
  const t = useTranslations('groups');
  const common = useTranslations('common');
  const router = useRouter();
  const form = useSubmit(common('failed'), async ({ name = '', ...ticked }) => {
    const json = { name, members: students.map(({ id }) => id).filter((id) => ticked[id] === 'on') };
    if (subgroup === undefined) await api('POST /groups/:group/subgroups', { param: { group }, json });
    else await api('PATCH /groups/:group/subgroups/:id', { param: { group, id: subgroup.id }, json });
    onClose();
    router.refresh();
  });
  const isIn = new Set(subgroup?.members.map(({ id }) => id));
  return (
    <Dialog
      title={subgroup ? t('subgroups.change', { name: subgroup.name }) : t('subgroups.new')}
      onClose={onClose}
    >
      <form method="post" className="stack" onSubmit={form.onSubmit}>
        <ProblemNotice text={form.errorOf('name') ? undefined : form.problem} />
        <Field
          label={t('subgroups.called')}
          name="name"
          required
          maxLength={100}
          defaultValue={subgroup?.name}
          error={form.errorOf('name')}
        />
        <fieldset className="stack">
          <legend>{t('subgroups.members')}</legend>
          {students.map(({ id, name }) => (
            <Check key={id} name={id} label={name} defaultChecked={isIn.has(id)} />
          ))}
        </fieldset>
        <p className="muted">{t('subgroups.leave')}</p>
        <DialogButtons>
          <Button look="quiet" onClick={onClose}>
            {common('cancel')}
          </Button>
          <Button type="submit" look="primary" busy={form.busy}>
            {common('save')}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}
