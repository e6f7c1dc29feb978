'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { api } from '@/app/_ui/api-client';
import { Button } from '@/app/_ui/button';
import { Dialog, DialogButtons } from '@/app/_ui/dialog';
import { Field } from '@/app/_ui/field';
import { ProblemNotice } from '@/app/_ui/notice';
import { toast } from '@/app/_ui/toast';
import { useSubmit } from '@/app/_ui/use-submit';
import { useTranslations } from '@/lib/i18n/client';
import type { Account } from '@/lib/identity/schema';

/** Merges another account of the same person into this one, once both names were seen. */
export function MergeForm({ id, name }: { id: string; name: string }) {
  const t = useTranslations('account');
  const common = useTranslations('common');
  const router = useRouter();
  const [other, setOther] = useState<Account>();
  const [isUnknown, setUnknown] = useState(false);
  const form = useSubmit(common('failed'), async ({ email = '' }) => {
    const wanted = email.trim().toLowerCase();
    const { items } = await api('GET /accounts', { query: { q: wanted } });
    const found = items.find((account) => account.email === wanted && account.id !== id);
    setOther(found);
    setUnknown(!found);
  });

  function merge(from: string): void {
    setOther(undefined);
    void form.run(async () => {
      await api('POST /accounts/:id/merge', { param: { id: from }, json: { into: id } });
      toast(t('admin.merged'));
      router.refresh();
    });
  }

  return (
    <>
      <h2>{t('admin.merge')}</h2>
      <p className="muted">{t('admin.mergeLead')}</p>
      <form method="post" className="stack" onSubmit={form.onSubmit}>
        <ProblemNotice text={form.problem} />
        <Field
          label={t('admin.mergeOther')}
          name="email"
          type="email"
          autoComplete="off"
          required
          {...(isUnknown && { error: t('admin.mergeNone') })}
        />
        <Button type="submit" busy={form.busy}>
          {t('admin.find')}
        </Button>
      </form>
      {other && (
        <Dialog
          title={t('admin.mergeSure', { other: other.name || (other.email ?? ''), name })}
          onClose={() => setOther(undefined)}
        >
          <p>{t('admin.mergeLead')}</p>
          <DialogButtons>
            <Button look="quiet" onClick={() => setOther(undefined)}>
              {common('cancel')}
            </Button>
            <Button look="destroy" onClick={() => merge(other.id)}>
              {t('admin.merge')}
            </Button>
          </DialogButtons>
        </Dialog>
      )}
    </>
  );
}
