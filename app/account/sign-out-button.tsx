'use client';
import { useTranslations } from '@/lib/i18n/client';
import { Button } from '../_ui/button';
import { signOut } from '../_ui/sign-in-calls';
import { toast } from '../_ui/toast';

export function SignOutButton() {
  const t = useTranslations('account');
  const common = useTranslations('common');
  return (
    <Button
      onClick={() =>
        signOut().then(
          () => window.location.assign('/'),
          () => toast(common('failed')),
        )
      }
    >
      {t('account.signOut')}
    </Button>
  );
}
