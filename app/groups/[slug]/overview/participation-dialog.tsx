'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { api } from '@/app/_ui/api-client';
import { Button } from '@/app/_ui/button';
import { Dialog, DialogButtons } from '@/app/_ui/dialog';
import { Field, TextField } from '@/app/_ui/field';
import { MomentField } from '@/app/_ui/moment-field';
import { Notice, ProblemNotice } from '@/app/_ui/notice';
import { toast } from '@/app/_ui/toast';
import { useSubmit } from '@/app/_ui/use-submit';
import { COMMENT_LIMIT, GRADE_LIMIT } from '@/lib/assignment/constants';
import type { StudentProgress } from '@/lib/assignment/schema';
import { useTranslations } from '@/lib/i18n/client';

type Props = { group: string; assignment: string; row: StudentProgress; onClose: () => void };

/** One student's own dates and grade in an assignment. */
export function ParticipationDialog({ group, assignment, row, onClose }: Props) {
  const t = useTranslations('assignments');
  const common = useTranslations('common');
  const router = useRouter();
  const form = useSubmit(common('failed'));
  const [due, setDue] = useState(row.due);
  const [repliesDue, setRepliesDue] = useState(row.repliesDue);
  const [grade, setGrade] = useState(row.grade ?? '');
  const [comment, setComment] = useState(row.comment);

  function save(): Promise<void> {
    return form.run(async () => {
      const param = { group, id: assignment, member: row.member.id };
      const hasNewDates = due !== row.due || repliesDue !== row.repliesDue;
      // What was asked for is answered by a date: leaving the dates alone leaves the request.
      if (hasNewDates) {
        await api('PUT /groups/:group/assignments/:id/extensions/:member', {
          param,
          json: { due, repliesDue },
        });
      }
      if (grade !== (row.grade ?? '') || comment !== row.comment) {
        await api('PUT /groups/:group/assignments/:id/grades/:member', { param, json: { grade, comment } });
      }
      toast(common('saved'));
      onClose();
      router.refresh();
    });
  }

  return (
    <Dialog title={t('manageTitle', { name: row.member.name })} onClose={onClose}>
      <form
        method="post"
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <ProblemNotice text={form.problem} />
        {row.request !== null && (
          <Notice>
            <p>{t('theirReason')}</p>
            <p dir="auto">{row.request}</p>
          </Notice>
        )}
        <MomentField
          label={t('ownDue')}
          hint={t('ownHint')}
          value={due}
          error={form.errorOf('due')}
          onChange={setDue}
        />
        <MomentField
          label={t('ownRepliesDue')}
          hint={t('ownHint')}
          value={repliesDue}
          error={form.errorOf('repliesDue')}
          onChange={setRepliesDue}
        />
        <Field
          label={t('grade')}
          hint={t('gradeHint')}
          maxLength={GRADE_LIMIT}
          value={grade}
          error={form.errorOf('grade')}
          onChange={({ currentTarget }) => setGrade(currentTarget.value)}
        />
        <TextField
          label={t('comment')}
          maxLength={COMMENT_LIMIT}
          value={comment}
          error={form.errorOf('comment')}
          onChange={({ currentTarget }) => setComment(currentTarget.value)}
        />
        <DialogButtons>
          <Button look="quiet" onClick={onClose}>
            {common('cancel')}
          </Button>
          <Button type="submit" look="primary" busy={form.busy}>
            {common('save')}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}
