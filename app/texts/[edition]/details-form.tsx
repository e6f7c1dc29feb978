'use client';
import { useRouter } from 'next/navigation';
import { api } from '@/app/_ui/api-client';
import { Button } from '@/app/_ui/button';
import { Field, TextField } from '@/app/_ui/field';
import { ProblemNotice } from '@/app/_ui/notice';
import { toast } from '@/app/_ui/toast';
import { useSubmit } from '@/app/_ui/use-submit';
import { useTranslations } from '@/lib/i18n/client';
import { LanguageField } from '../language-field';

/** What a draft says of itself, as the file has it or as it is guessed; `language` is empty where nothing is known. */
export type DraftDetails = { title: string; authors: string[]; language: string; licence: string };

/** Changes what a draft says of itself before it is published. */
export function DetailsForm({ edition, details }: { edition: string; details: DraftDetails }) {
  const t = useTranslations('texts');
  const common = useTranslations('common');
  const router = useRouter();
  const form = useSubmit(
    common('failed'),
    async ({ title = '', authors = '', language = '', licence = '' }) => {
      const names = authors.split('\n').map((name) => name.trim());
      await api('PATCH /editions/:edition', {
        param: { edition },
        json: {
          title,
          authors: names.filter((name) => name !== ''),
          licence,
          ...(language.trim() !== '' && { language }),
        },
      });
      toast(t('details.saved'));
      router.refresh();
    },
  );
  const fields = ['title', 'authors', 'language', 'licence'];
  const isOfField = fields.some((field) => form.errorOf(field) !== undefined);
  return (
    <form method="post" className="stack" onSubmit={form.onSubmit}>
      <ProblemNotice text={isOfField ? undefined : form.problem} />
      <Field
        label={t('textTitle')}
        name="title"
        required
        maxLength={500}
        dir="auto"
        defaultValue={details.title}
        error={form.errorOf('title')}
      />
      <TextField
        label={t('authors')}
        hint={t('authors.hint')}
        name="authors"
        rows={2}
        dir="auto"
        defaultValue={details.authors.join('\n')}
        error={form.errorOf('authors')}
      />
      <LanguageField language={details.language} error={form.errorOf('language')} />
      <TextField
        label={t('licence')}
        hint={t('licence.hint')}
        name="licence"
        rows={3}
        maxLength={2_000}
        dir="auto"
        defaultValue={details.licence}
        error={form.errorOf('licence')}
      />
      <p>
        <Button type="submit" busy={form.busy}>
          {t('details.save')}
        </Button>
      </p>
    </form>
  );
}
