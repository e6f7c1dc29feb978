'use client';
import { useTranslations } from '@/lib/i18n/client';
import { signOut } from '../_ui/auth-client';
import { Button } from '../_ui/button';
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
