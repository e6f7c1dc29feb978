'use client';
import { useEffect, useState } from 'react';
import { api } from '@/app/_ui/api-client';
import { Button } from '@/app/_ui/button';
import { toast } from '@/app/_ui/toast';
import { useTranslations } from '@/lib/i18n/client';

/** Begins or ends to watch a thread. Nothing is there for whoever is no member of the group. */
export default function WatchAction({ id }: { id: string }) {
  const t = useTranslations('annotation');
  const [watching, setWatching] = useState<boolean | null>(null);
  useEffect(() => {
    api('GET /annotations/:id/watch', { param: { id } }).then(
      (found) => setWatching(found.watching),
      () => {},
    );
  }, [id]);
  if (watching === null) return null;

  async function toggle(): Promise<void> {
    try {
      await api(watching ? 'DELETE /annotations/:id/watch' : 'POST /annotations/:id/watch', {
        param: { id },
      });
      setWatching(!watching);
      toast(t(watching ? 'watchEnded' : 'watchBegun'));
    } catch {
      toast(t('problem_network'));
    }
  }

  return (
    <Button look="quiet" small aria-pressed={watching} onClick={() => void toggle()}>
      {t('watch')}
    </Button>
  );
}
