'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { api } from '@/app/_ui/api-client';
import { Button } from '@/app/_ui/button';
import { Dialog, DialogButtons } from '@/app/_ui/dialog';
import { Check } from '@/app/_ui/field';
import { ProblemNotice } from '@/app/_ui/notice';
import { toast } from '@/app/_ui/toast';
import { useSubmit } from '@/app/_ui/use-submit';
import { PasswordLinkMaker } from '@/app/account/password-link';
import { useTranslations } from '@/lib/i18n/client';
import type { Account } from '@/lib/identity/schema';

/** What an administrator does to an account; nobody deactivates or deletes their own. */
export function AccountActions({ account, isSelf }: { account: Account; isSelf: boolean }) {
  const t = useTranslations('account');
  const common = useTranslations('common');
  const router = useRouter();
  const form = useSubmit(common('failed'));
  const [isDeleting, setDeleting] = useState(false);
  const [removesName, setRemovesName] = useState(false);
  const { id, name, admin, state } = account;
  const isActive = state === 'active';
  const param = { id };

  function change(json: { admin?: boolean; active?: boolean }): void {
    void form.run(async () => {
      await api('PATCH /accounts/:id', { param, json });
      toast(t('admin.saved'));
      router.refresh();
    });
  }

  function remove(): void {
    void form.run(async () => {
      setDeleting(false);
      await api('DELETE /accounts/:id', { param, query: { name: removesName ? 'remove' : 'keep' } });
      toast(t('admin.deleted'));
      router.push('/admin');
      router.refresh();
    });
  }

  return (
    <>
      {isActive && (
        <>
          <h2>{t('admin.link')}</h2>
          <PasswordLinkMaker make={() => api('POST /accounts/:id/password-link', { param })} />
        </>
      )}
      <h2>{t('admin.stateTitle')}</h2>
      <ProblemNotice text={form.problem} />
      <div className="row">
        <Button busy={form.busy} onClick={() => change({ admin: !admin })}>
          {t(admin ? 'admin.unmakeAdmin' : 'admin.makeAdminNow')}
        </Button>
        {!isActive && (
          <Button busy={form.busy} onClick={() => change({ active: true })}>
            {t('admin.reactivate')}
          </Button>
        )}
        {isActive && !isSelf && (
          <Button look="danger" busy={form.busy} onClick={() => change({ active: false })}>
            {t('admin.deactivate')}
          </Button>
        )}
      </div>
      {isActive && !isSelf && <p className="muted">{t('admin.deactivateLead')}</p>}
      {!isSelf && (
        <>
          <h2>{t('admin.delete')}</h2>
          <p className="muted">{t('admin.deleteLead')}</p>
          <p>
            <Button look="danger" busy={form.busy} onClick={() => setDeleting(true)}>
              {t('admin.delete')}
            </Button>
          </p>
        </>
      )}
      {isDeleting && (
        <Dialog title={t('admin.deleteSure', { name })} onClose={() => setDeleting(false)}>
          <p>{t('admin.deleteLead')}</p>
          <Check
            label={t('admin.deleteName')}
            checked={removesName}
            onChange={({ currentTarget }) => setRemovesName(currentTarget.checked)}
          />
          <DialogButtons>
            <Button look="quiet" onClick={() => setDeleting(false)}>
              {common('cancel')}
            </Button>
            <Button look="destroy" onClick={remove}>
              {t('admin.delete')}
            </Button>
          </DialogButtons>
        </Dialog>
      )}
    </>
  );
}
