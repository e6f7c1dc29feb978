'use client';
import { DESCRIPTION_LIMIT, NAME_LIMIT } from '@/lib/group/constants';
import type { Group } from '@/lib/group/schema';
import { useTranslations } from '@/lib/i18n/client';
import { Choice, Field, TextField } from '../_ui/field';

export type EditionChoice = { slug: string; title: string };

/** The fields of a group, for a new one and in the settings. */
export function GroupFields({
  group,
  editions,
  errorOf,
}: {
  group?: Group;
  /** Those of which a new group reads one first; the settings have the whole reading list instead. */
  editions?: EditionChoice[];
  errorOf: (field: string) => string | undefined;
}) {
  const t = useTranslations('groups');
  return (
    <>
      <Field
        label={t('field.name')}
        name="name"
        required
        maxLength={NAME_LIMIT}
        defaultValue={group?.name}
        error={errorOf('name')}
      />
      {!group && (
        <Field
          label={t('field.slug')}
          hint={t('field.slugHint')}
          name="slug"
          maxLength={60}
          autoCapitalize="none"
          spellCheck={false}
          error={errorOf('slug')}
        />
      )}
      <TextField
        label={t('field.description')}
        name="description"
        maxLength={DESCRIPTION_LIMIT}
        defaultValue={group?.description}
        error={errorOf('description')}
      />
      {editions && (
        <Choice
          label={t('field.edition')}
          name="edition"
          defaultValue={editions[0]?.slug}
          error={errorOf('edition')}
        >
          <option value="">{t('field.noEdition')}</option>
          {editions.map(({ slug, title }) => (
            <option key={slug} value={slug}>
              {title}
            </option>
          ))}
        </Choice>
      )}
      <Choice label={t('field.access')} name="access" defaultValue={group?.access ?? 'private'}>
        {(['private', 'restricted', 'open'] as const).map((access) => (
          <option key={access} value={access}>
            {t(`access.${access}`)}
          </option>
        ))}
      </Choice>
    </>
  );
}
