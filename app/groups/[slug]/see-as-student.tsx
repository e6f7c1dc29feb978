'use client';
import { Eye } from 'lucide';
import { Button } from '@/app/_ui/button';
import { useTranslations } from '@/lib/i18n/client';
import { SEE_AS_STUDENT } from '@/lib/identity/constants';

/** Shows the group as its students see it, or ends that; `ends` says which. The browser forgets it when it is closed. */
export function SeeAsStudent({ group, ends = false }: { group: string; ends?: boolean }) {
  const t = useTranslations('groups');
  function look(): void {
    const value = ends ? '; Max-Age=0' : encodeURIComponent(group);
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet
    document.cookie = `${SEE_AS_STUDENT}=${value}; Path=/; SameSite=Lax`;
    // The whole page, because all that was loaded was for another role.
    window.location.assign(`/groups/${encodeURIComponent(group)}`);
  }
  return (
    <Button icon={Eye} small onClick={look}>
      {t(ends ? 'asStudent.end' : 'asStudent.begin')}
    </Button>
  );
}
