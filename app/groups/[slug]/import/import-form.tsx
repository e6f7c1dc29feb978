'use client';
import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { api } from '@/app/_ui/api-client';
import { Button } from '@/app/_ui/button';
import { Check, Choice, Field } from '@/app/_ui/field';
import { ProblemNotice } from '@/app/_ui/notice';
import { useSubmit } from '@/app/_ui/use-submit';
import { useTranslations } from '@/lib/i18n/client';
import type { ImportResult } from '@/lib/import/schema';
import { ImportReport } from './import-report';

/** The request that is under way. */
type Step = 'checking' | 'importing' | null;

/** Imports a file of annotations, after a dry run that stores nothing. */
export function ImportForm({
  group,
  edition,
  sections,
}: {
  group: string;
  edition: string | null;
  sections: { id: string; title: string }[];
}) {
  const t = useTranslations('import');
  const common = useTranslations('common');
  const router = useRouter();
  const field = useRef<HTMLInputElement>(null);
  const [section, setSection] = useState('');
  const [report, setReport] = useState<ImportResult>();
  const [step, setStep] = useState<Step>(null);
  const [skipInvalid, setSkipInvalid] = useState(false);
  const form = useSubmit(common('failed'), () => send(true));

  function forget(): void {
    setReport(undefined);
    setSkipInvalid(false);
  }

  async function send(dryRun: boolean): Promise<void> {
    // From the field, because the file may have been chosen before hydration.
    const file = field.current?.files?.[0];
    if (!file) return;
    setStep(dryRun ? 'checking' : 'importing');
    try {
      const query = {
        dryRun: dryRun ? '1' : '0',
        skipInvalid: skipInvalid ? '1' : '0',
        ...(edition && section && { edition, section }),
      };
      const raw = { body: file, type: typeOf(file.name) };
      setReport(await api('POST /groups/:group/import', { param: { group }, query, raw }));
      if (!dryRun) router.refresh();
    } finally {
      setStep(null);
    }
  }

  const isNew = report && report.glosses + report.replies > 0;
  return (
    <>
      <form method="post" className="stack" onSubmit={form.onSubmit}>
        <ProblemNotice text={form.problem} />
        <Field
          ref={field}
          type="file"
          name="file"
          label={t('file')}
          hint={t('file.hint')}
          accept=".json,.jsonld,.jsonl,.ndjson,.zip"
          required
          onChange={() => forget()}
        />
        {sections.length > 0 && (
          <Choice
            name="section"
            label={t('section')}
            hint={t('section.hint')}
            value={section}
            onChange={(event) => {
              setSection(event.currentTarget.value);
              forget();
            }}
          >
            <option value="">{t('section.none')}</option>
            {sections.map(({ id, title }) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </Choice>
        )}
        <Button type="submit" busy={form.busy}>
          {t('check')}
        </Button>
      </form>
      <p role="status">{step && t(step)}</p>
      {report && (
        <section className="stack" aria-labelledby="report">
          <h2 id="report">{t(report.id === null ? 'report' : 'done')}</h2>
          <ImportReport report={report} />
          {report.id === null && isNew && report.refused > 0 && (
            <Check
              name="skipInvalid"
              label={t('skipInvalid', { count: report.refused })}
              checked={skipInvalid}
              onChange={(event) => setSkipInvalid(event.currentTarget.checked)}
            />
          )}
          {report.id !== null ? (
            <p>
              <a href={`/groups/${group}`}>{t('read')}</a>
            </p>
          ) : (
            isNew &&
            (report.refused === 0 || skipInvalid) && (
              <Button look="primary" busy={form.busy} onClick={() => form.run(() => send(false))}>
                {t('import')}
              </Button>
            )
          )}
        </section>
      )}
    </>
  );
}

/** The media type by the file's name, because browsers often do not know it. */
function typeOf(name: string): string {
  if (/\.zip$/i.test(name)) return 'application/zip';
  return /\.(jsonl|ndjson)$/i.test(name) ? 'application/x-ndjson' : 'application/ld+json';
}
