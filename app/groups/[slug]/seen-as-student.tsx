import { cookies } from 'next/headers';
import { Notice } from '@/app/_ui/notice';
import { ClientMessages, getTranslator } from '@/lib/i18n/server';
import { SEE_AS_STUDENT } from '@/lib/identity/constants';
import { SeeAsStudent } from './see-as-student';

/** Says that somebody of the staff looks at the group as a student, with the way back. */
export async function SeenAsStudent({ slug, isStaff }: { slug: string; isStaff: boolean }) {
  // Whoever is staff still is not seen as a student: the cookie is of another group.
  if (isStaff || (await cookies()).get(SEE_AS_STUDENT)?.value !== slug) return null;
  const t = await getTranslator('groups');
  return (
    <div className="page">
      <Notice look="warning">
        <p>{t('asStudent.lead')}</p>
        <ClientMessages namespaces={['groups']}>
          <SeeAsStudent group={slug} ends />
        </ClientMessages>
      </Notice>
    </div>
  );
}
