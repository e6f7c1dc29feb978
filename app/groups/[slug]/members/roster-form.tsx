'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { type ApiOutput, api } from '@/app/_ui/api-client';
import { Button } from '@/app/_ui/button';
import { Field, TextField } from '@/app/_ui/field';
import { Notice, ProblemNotice } from '@/app/_ui/notice';
import { toast } from '@/app/_ui/toast';
import { useSubmit } from '@/app/_ui/use-submit';
import { useTranslations } from '@/lib/i18n/client';

type Report = ApiOutput<'POST /groups/:group/roster'>;

/** Invites a class list, pasted or from a file, after a preview of what would come of it. */
export function RosterForm({ group }: { group: string }) {
  const t = useTranslations('groups');
  const common = useTranslations('common');
  const router = useRouter();
  const [text, setText] = useState('');
  const [report, setReport] = useState<Report | null>(null);
  const form = useSubmit(common('failed'));

  function send(query: { dryRun?: '1' }): Promise<Report> {
    const raw = { body: withHeader(text), type: 'text/csv' };
    return api('POST /groups/:group/roster', { param: { group }, query, raw });
  }

  function preview(): void {
    void form.run(async () => setReport(await send({ dryRun: '1' })));
  }

  function invite(): void {
    void form.run(async () => {
      const { invited, added, there } = await send({});
      setText('');
      setReport(null);
      toast(t('roster.did', { invited, added, there }));
      router.refresh();
    });
  }

  function change(value: string): void {
    setText(value);
    setReport(null);
  }

  const isWorth = report !== null && report.invited + report.added > 0;
  return (
    <form
      method="post"
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (isWorth) invite();
        else preview();
      }}
    >
      <ProblemNotice text={form.problem} />
      <TextField
        label={t('roster.list')}
        placeholder={t('roster.hint')}
        rows={6}
        required
        spellCheck={false}
        value={text}
        onChange={({ currentTarget }) => change(currentTarget.value)}
      />
      <Field
        label={t('roster.file')}
        type="file"
        accept=".csv,.tsv,.txt,text/csv"
        onChange={async ({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          if (file) change(await file.text());
        }}
      />
      <div role="status">
        {report && (
          <Notice look={report.wrong.length > 0 ? 'warning' : 'info'}>
            <p>{t('roster.would', { invited: report.invited, added: report.added, there: report.there })}</p>
            {report.wrong.length > 0 && (
              <>
                <p>{t('roster.wrong')}</p>
                <ul>
                  {report.wrong.map(({ line, why }) => (
                    <li key={line}>{t('roster.line', { line, why })}</li>
                  ))}
                </ul>
              </>
            )}
          </Notice>
        )}
      </div>
      <p>
        <Button type="submit" look={isWorth ? 'primary' : 'plain'} busy={form.busy}>
          {t(isWorth ? 'roster.send' : 'roster.preview')}
        </Button>
      </p>
    </form>
  );
}

/** A list of addresses without names of columns gets them; the line numbers stay those of what was typed. */
function withHeader(text: string): string {
  const [first = ''] = text.trimStart().split(/\r\n|\r|\n/, 1);
  if (/\bemail\b/i.test(first) && !first.includes('@')) return text;
  const separator = [';', '\t'].find((candidate) => first.includes(candidate)) ?? ',';
  return `${['email', 'name', 'role'].join(separator)}\n${text.trimStart()}`;
}
