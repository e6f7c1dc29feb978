'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { api } from '@/app/_ui/api-client';
import { Button } from '@/app/_ui/button';
import { Check, TextField } from '@/app/_ui/field';
import { MomentField } from '@/app/_ui/moment-field';
import { ProblemNotice } from '@/app/_ui/notice';
import { LocalTime } from '@/app/_ui/time';
import { toast } from '@/app/_ui/toast';
import { useSubmit } from '@/app/_ui/use-submit';
import type { Member } from '@/lib/group/schema';
import { useTranslations } from '@/lib/i18n/client';
import { REASON_LIMIT } from '@/lib/moderation/constants';
import type { StaffNote, Warning } from '@/lib/moderation/schema';

type Props = { group: string; member: Member; warnings: Warning[]; notes: StaffNote[] };

/** A week, in milliseconds: for how long somebody is muted unless another date is chosen. */
const WEEK_MS = 7 * 86_400_000;

/** What staff does about a member: muting, holding back, warnings, and notes that the member never sees. */
export function Restraints({ group, member, warnings, notes }: Props) {
  const t = useTranslations('moderation');
  const router = useRouter();
  const { id, muted } = member;
  const [until, setUntil] = useState<string | null>(() => new Date(Date.now() + WEEK_MS).toISOString());
  const done = () => {
    toast(t('saved'));
    router.refresh();
  };
  const param = { group, id };
  const mute = useSubmit(t('failed'), async ({ reason = '' }) => {
    await api('POST /groups/:group/members/:id/mute', { param, json: { until: until ?? '', reason } });
    done();
  });
  const other = useSubmit(t('failed'));
  const unmute = () =>
    other.run(async () => {
      await api('DELETE /groups/:group/members/:id/mute', { param });
      done();
    });
  const hold = (premoderated: boolean) =>
    other.run(async () => {
      await api('PUT /groups/:group/members/:id/premoderation', { param, json: { premoderated } });
      done();
    });

  return (
    <section aria-labelledby="about-member" className="stack">
      <h2 id="about-member">{t('member.title')}</h2>
      <ProblemNotice text={other.problem} />
      <Check
        label={t('member.premoderated')}
        hint={t('member.premoderatedHint')}
        checked={member.premoderated === true}
        disabled={other.busy}
        onChange={({ currentTarget }) => void hold(currentTarget.checked)}
      />
      <h3>{t('member.mute')}</h3>
      {muted ? (
        <>
          <p>
            {t('member.mutedUntil')} <LocalTime when={muted.until} withTime />: “{muted.reason}”
          </p>
          <p>
            <Button busy={other.busy} onClick={() => void unmute()}>
              {t('member.unmute')}
            </Button>
          </p>
        </>
      ) : (
        <form method="post" onSubmit={mute.onSubmit} className="stack">
          <p className="muted">{t('member.muteLead')}</p>
          <ProblemNotice text={mute.errorOf('until') || mute.errorOf('reason') ? undefined : mute.problem} />
          <MomentField
            label={t('member.until')}
            value={until}
            onChange={setUntil}
            error={mute.errorOf('until')}
          />
          <TextField
            label={t('reason')}
            name="reason"
            hint={t('member.muteHint')}
            rows={2}
            required
            maxLength={REASON_LIMIT}
            error={mute.errorOf('reason')}
          />
          <p>
            <Button type="submit" look="danger" busy={mute.busy}>
              {t('member.muteSubmit')}
            </Button>
          </p>
        </form>
      )}
      <h3>{t('member.warnings')}</h3>
      {warnings.length > 0 && (
        <ul>
          {warnings.map(({ id: warning, words, by, created, acknowledged }) => (
            <li key={warning}>
              {words}{' '}
              <span className="muted small">
                {by.name}, <LocalTime when={created} withTime />.{' '}
                {t(acknowledged ? 'member.acknowledged' : 'member.unacknowledged')}
              </span>
            </li>
          ))}
        </ul>
      )}
      <WordsForm
        label={t('member.warn')}
        hint={t('member.warnHint')}
        submit={t('member.warnSubmit')}
        send={(words) => api('POST /groups/:group/members/:id/warnings', { param, json: { words } })}
        onDone={done}
      />
      <h3>{t('member.notes')}</h3>
      {notes.length > 0 && (
        <ul>
          {notes.map(({ id: note, words, by, created }) => (
            <li key={note}>
              {words}{' '}
              <span className="muted small">
                {by.name}, <LocalTime when={created} withTime />
              </span>
            </li>
          ))}
        </ul>
      )}
      <WordsForm
        label={t('member.note')}
        hint={t('member.noteHint')}
        submit={t('member.noteSubmit')}
        send={(words) => api('POST /groups/:group/members/:id/notes', { param, json: { words } })}
        onDone={done}
      />
    </section>
  );
}

type WordsProps = {
  label: string;
  hint: string;
  submit: string;
  send: (words: string) => Promise<unknown>;
  onDone: () => void;
};

/** A field for words to or of a member, empty again once they are sent. */
function WordsForm({ label, hint, submit, send, onDone }: WordsProps) {
  const t = useTranslations('moderation');
  const [words, setWords] = useState('');
  const form = useSubmit(t('failed'), async () => {
    await send(words);
    setWords('');
    onDone();
  });
  return (
    <form method="post" onSubmit={form.onSubmit} className="stack">
      <ProblemNotice text={form.errorOf('words') ? undefined : form.problem} />
      <TextField
        label={label}
        hint={hint}
        rows={2}
        required
        maxLength={REASON_LIMIT}
        value={words}
        onChange={({ currentTarget }) => setWords(currentTarget.value)}
        error={form.errorOf('words')}
      />
      <p>
        <Button type="submit" busy={form.busy}>
          {submit}
        </Button>
      </p>
    </form>
  );
}
