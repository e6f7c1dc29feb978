'use client';
import { CircleUserRound } from 'lucide';
import { usePathname } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { Avatar } from '@/app/_ui/avatar';
import { ButtonLink } from '@/app/_ui/button';
import { fetchCurrentUser } from '@/app/_ui/current-user';
import { Icon } from '@/app/_ui/icon';
import { lazy } from '@/app/_ui/lazy';
import { useTranslations } from '@/lib/i18n/client';
import type { Me } from '@/lib/identity/schema';
import styles from './site-frame.module.css';

const NoticeBell = lazy(() => import('./notice-bell'));
const AccountMenuItems = lazy(() => import('./account-menu-items'));

/**
 * The account at the end of the header: a menu of what is one's own, with the language and the colours; for a guest the
 * same without an account, and a link to sign in. It asks who is signed in in the browser, because pages are the same for all.
 */
export function AccountMenu() {
  const t = useTranslations('common');
  const path = usePathname();
  const button = useRef<HTMLButtonElement>(null);
  const [me, setMe] = useState<Me | null>();
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    void fetchCurrentUser().then(setMe);
  }, []);

  const name = me ? t('accountOf', { name: me.name }) : t('display');
  return (
    <>
      {me && <NoticeBell />}
      <button
        ref={button}
        type="button"
        className={styles.account}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-label={name}
        title={name}
        onPointerEnter={AccountMenuItems.fetch}
        onFocus={AccountMenuItems.fetch}
        onClick={() => setOpen(!isOpen)}
      >
        {me ? <Avatar name={me.name} /> : <Icon of={CircleUserRound} />}
      </button>
      {me === null && !path.startsWith('/signin') && (
        <ButtonLink href={`/signin?callbackUrl=${encodeURIComponent(path)}`} prefetch={false}>
          {t('signIn')}
        </ButtonLink>
      )}
      {isOpen && <AccountMenuItems me={me ?? null} anchor={button} onClose={() => setOpen(false)} />}
    </>
  );
}
