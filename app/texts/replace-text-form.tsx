'use client';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { api } from '@/app/_ui/api-client';
import { Button } from '@/app/_ui/button';
import { toast } from '@/app/_ui/toast';
import { useTranslations } from '@/lib/i18n/client';
import { type ChosenText, FileInput } from './file-input';
import { UploadStatus } from './upload-status';
import { useUpload } from './use-upload';

/** Brings in a corrected file as the draft; a file that is refused changes nothing. */
export function ReplaceTextForm({ edition }: { edition: string }) {
  const t = useTranslations('texts');
  const router = useRouter();
  const [chosen, setChosen] = useState<ChosenText | null>(null);
  const [isMissing, setMissing] = useState(false);
  const upload = useUpload();
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setMissing(chosen === null);
    if (!chosen) return;
    const { body, type, name } = chosen;
    void upload.run(async (sending) => {
      const raw = { body, type };
      const saved = await api('PUT /editions/:edition/draft', {
        param: { edition },
        query: { name },
        raw,
        ...sending,
      });
      if (saved.unchanged) toast(t('unchanged'));
      router.refresh();
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
      <UploadStatus upload={upload} />
      <p>
        <Button type="submit" busy={upload.busy}>
          {t('intoDraft')}
        </Button>
      </p>
    </form>
  );
}
