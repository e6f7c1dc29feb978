'use client';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useEffect, useState } from 'react';
import { useTranslations } from '@/lib/i18n/client';
import type { Me } from '@/lib/identity/schema';
import { fetchCurrentUser } from './current-user';

/** A link to the account, by its owner's name, or to sign in. It asks in the browser, because pages are the same for all. */
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
