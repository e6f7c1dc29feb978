'use client';
import { Bell } from 'lucide';
import Link from 'next/link';
import { useEffect, useState } from 'react';
import { api } from '@/app/_ui/api-client';
import { Badge } from '@/app/_ui/badge';
import { Icon } from '@/app/_ui/icon';
import { useTranslations } from '@/lib/i18n/client';
import { NOTICES_READ } from './notices-read';
import styles from './site-frame.module.css';

/** Milliseconds between two looks, while the page is seen. */
const INTERVAL = 60_000;
/** The largest number that is told apart. */
const MOST = 99;

/** The way to what one was told, with how much of it is unread. It looks again every minute, and when one comes back to the page. */
export default function NoticeBell() {
  const t = useTranslations('common');
  const [unread, setUnread] = useState(0);

  useEffect(() => {
    function look(): void {
      if (document.visibilityState === 'hidden') return;
      // A bell that cannot be asked keeps what it last showed.
      api('GET /notices', { query: { limit: '1' } }).then(
        (found) => setUnread(found.unread),
        () => {},
      );
    }
    look();
    const timer = setInterval(look, INTERVAL);
    document.addEventListener('visibilitychange', look);
    window.addEventListener(NOTICES_READ, look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
      window.removeEventListener(NOTICES_READ, look);
    };
  }, []);

  const name = t('notices', { count: unread });
  return (
    <Link href="/notices" prefetch={false} className={styles.bell} aria-label={name} title={name}>
      <Icon of={Bell} />
      {unread > 0 && <Badge waiting>{unread > MOST ? `${MOST}+` : unread}</Badge>}
    </Link>
  );
}
