'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { type ApiBody, api } from '@/app/_ui/api-client';
import { Button } from '@/app/_ui/button';
import { Check, Choice, Field } from '@/app/_ui/field';
import { ProblemNotice } from '@/app/_ui/notice';
import { toast } from '@/app/_ui/toast';
import { useSubmit } from '@/app/_ui/use-submit';
import { useTranslations } from '@/lib/i18n/client';
import styles from '../texts.module.css';

type Access = 'public' | 'groups';
type Props = {
  edition: string;
  access: Access;
  /** The groups that read it, and those on whose lists the viewer may put it. */
  groups: { slug: string; name: string; isReading: boolean; canChange: boolean }[];
  canOpen: boolean;
  /** Whether a group that is not listed may be named too. */
  canNameAny: boolean;
};

/** Who may read an edition: everybody, or the groups that have it on their reading lists. */
export function AccessForm({ edition, access, groups, canOpen, canNameAny }: Props) {
  const t = useTranslations('texts');
  const common = useTranslations('common');
  const router = useRouter();
  const [reading, setReading] = useState(groups.filter(({ isReading }) => isReading).map(({ slug }) => slug));
  const form = useSubmit(common('failed'), async ({ access: wanted, another }) => {
    const named = another?.trim() ? [...new Set([...reading, another.trim()])] : reading;
    const json: ApiBody<'PATCH /editions/:edition'> = { groups: named };
    if (wanted !== undefined && wanted !== access) json.access = wanted as Access;
    const changed = await api('PATCH /editions/:edition', { param: { edition }, json });
    setReading(changed.groups);
    toast(common('saved'));
    router.refresh();
  });
  return (
    <form method="post" className="stack" onSubmit={form.onSubmit}>
      <ProblemNotice text={form.problem} />
      {canOpen ? (
        <Choice label={t('access')} name="access" defaultValue={access}>
          <option value="public">{t('access.public')}</option>
          <option value="groups">{t('access.groups')}</option>
        </Choice>
      ) : (
        <p>{t(`access.${access}`)}</p>
      )}
      <fieldset>
        <legend className={styles.legend}>{t('access.lists')}</legend>
        {groups.length === 0 && <p className="muted">{t('access.noGroups')}</p>}
        <ul className={styles.plain}>
          {groups.map(({ slug, name, canChange }) => (
            <li key={slug}>
              <Check
                label={<span dir="auto">{name}</span>}
                checked={reading.includes(slug)}
                disabled={!canChange}
                onChange={({ currentTarget: { checked } }) =>
                  setReading(checked ? [...reading, slug] : reading.filter((other) => other !== slug))
                }
              />
            </li>
          ))}
        </ul>
      </fieldset>
      {canNameAny && (
        <Field
          label={t('access.another')}
          hint={t('access.anotherHint')}
          name="another"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
      )}
      <p>
        <Button type="submit" busy={form.busy}>
          {t('access.save')}
        </Button>
      </p>
    </form>
  );
}
