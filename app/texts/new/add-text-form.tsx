'use client';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { api } from '@/app/_ui/api-client';
import { Button } from '@/app/_ui/button';
import { Choice, Field } from '@/app/_ui/field';
import { fieldErrors } from '@/app/_ui/use-submit';
import { useTranslations } from '@/lib/i18n/client';
import { type ChosenText, FileInput } from '../file-input';
import { LanguageField } from '../language-field';
import styles from '../texts.module.css';
import { UploadStatus } from '../upload-status';
import { useUpload } from '../use-upload';

const PAGE_LENGTHS = [10_000, 30_000, 60_000];

/** Brings in a text: a file with what its sender says of it; then its report is shown. */
export function AddTextForm({
  groups,
  group,
  isAdmin,
}: {
  groups: { slug: string; name: string }[];
  /** The group from whose page the person comes. */
  group: string | undefined;
  isAdmin: boolean;
}) {
  const t = useTranslations('texts');
  const router = useRouter();
  const [chosen, setChosen] = useState<ChosenText | null>(null);
  const [isMissing, setMissing] = useState(false);
  const upload = useUpload();
  const errors = fieldErrors(upload.problem);
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setMissing(chosen === null);
    if (!chosen) return;
    const fields = Object.fromEntries(
      [...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value)]),
    );
    const { body, type, name } = chosen;
    void upload.run(async (sending) => {
      const saved = await api('POST /editions', {
        query: { ...fields, name },
        raw: { body, type },
        ...sending,
      });
      router.push(`/texts/${encodeURIComponent(saved.slug)}`);
    });
  };
  return (
    <form method="post" className="stack" onSubmit={onSubmit}>
      <FileInput
        onChange={(next) => {
          setChosen(next);
          setMissing(false);
        }}
        error={isMissing ? t('notChosen') : undefined}
      />
      <div className={styles.fields}>
        <Choice
          label={t('for')}
          name="group"
          defaultValue={group ?? groups[0]?.slug ?? ''}
          error={errors.group}
        >
          {isAdmin && <option value="">{t('for.everybody')}</option>}
          {groups.map(({ slug, name }) => (
            <option key={slug} value={slug}>
              {t('for.group', { name })}
            </option>
          ))}
        </Choice>
        <Field
          label={t('textTitle')}
          hint={t('textTitle.hint')}
          name="title"
          maxLength={500}
          dir="auto"
          error={errors.title}
        />
        <LanguageField error={errors.language} />
        <Field
          label={t('address')}
          hint={t('address.hint')}
          name="slug"
          maxLength={64}
          autoCapitalize="none"
          spellCheck={false}
          error={errors.slug}
        />
        <Choice label={t('pageLength')} name="pageLength" defaultValue="60000" error={errors.pageLength}>
          {PAGE_LENGTHS.map((length) => (
            <option key={length} value={length}>
              {t('characters', { count: length })}
            </option>
          ))}
        </Choice>
      </div>
      <UploadStatus upload={upload} />
      <p>
        <Button type="submit" look="primary" busy={upload.busy}>
          {t('upload')}
        </Button>
      </p>
    </form>
  );
}
