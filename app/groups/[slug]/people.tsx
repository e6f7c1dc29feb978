import Link from 'next/link';
import { Avatar } from '@/app/_ui/avatar';
import { listMembers } from '@/lib/group';
import { pageViewer } from '@/lib/group/page-viewer';
import { getTranslator } from '@/lib/i18n/server';
import { canInGroup } from '@/lib/policy';
import styles from './group.module.css';

/** Faces that are shown, at most. */
const SHOWN = 24;

/** The people of a group as faces, staff with a ring, and who teaches. */
export async function People({ slug }: { slug: string }) {
  const members = await listMembers(await pageViewer(), slug);
  const t = await getTranslator('groups');
  const teachers = members.filter(({ role }) => canInGroup(role, 'settings')).map(({ name }) => name);
  return (
    <>
      <ul className={styles.faces}>
        {members.slice(0, SHOWN).map(({ id, name, role }) => (
          <li key={id} title={name}>
            <Avatar name={name} staff={canInGroup(role, 'moderate')} />
            <span className="visually-hidden">{name}</span>
          </li>
        ))}
      </ul>
      {teachers.length > 0 && (
        <p className="muted small">{t('home.taught', { names: teachers.slice(0, 3).join(', ') })}</p>
      )}
      <p className="small">
        <Link href={`/groups/${slug}/members`} prefetch={false}>
          {t('members', { count: members.length })}
        </Link>
      </p>
    </>
  );
}
