'use client';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useEffect, useState } from 'react';
import { useTranslations } from '@/lib/i18n/client';
import type { Me } from '@/lib/identity/schema';
import { fetchCurrentUser } from './current-user';

/** To the account, by its owner's name, or to sign in. Pages are the same for everybody, so this asks for itself. */
export function AccountLink() {
  const t = useTranslations('common');
  const path = usePathname();
  const [me, setMe] = useState<Me | null>();
  useEffect(() => {
    void fetchCurrentUser().then(setMe);
  }, []);
  if (me === null)
    return (
      <Link href={`/signin?callbackUrl=${encodeURIComponent(path)}`} prefetch={false}>
        {t('signIn')}
      </Link>
    );
  return (
    <Link href="/account" prefetch={false}>
      {me ? me.name : t('account')}
    </Link>
  );
}
