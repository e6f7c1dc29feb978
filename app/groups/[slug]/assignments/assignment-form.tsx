'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { api } from '@/app/_ui/api-client';
import { Button } from '@/app/_ui/button';
import { Check, Choice, Field, TextField } from '@/app/_ui/field';
import { MomentField } from '@/app/_ui/moment-field';
import { ProblemNotice } from '@/app/_ui/notice';
import { toast } from '@/app/_ui/toast';
import { useSubmit } from '@/app/_ui/use-submit';
import { INSTRUCTIONS_LIMIT, MODES, TITLE_LIMIT } from '@/lib/assignment/constants';
import type { Assignment, AssignmentInput } from '@/lib/assignment/schema';
import { useTranslations } from '@/lib/i18n/client';
import { SectionMarks } from '../section-marks';
import styles from './assignments.module.css';

type Props = {
  group: string;
  editions: { slug: string; title: string }[];
  /** The assignment that is changed; left out for a new one. */
  assignment?: Assignment;
  /** An earlier one whose task a new one takes over, without its dates. */
  template?: Assignment | undefined;
};

const DATES = ['opens', 'due', 'repliesDue', 'reveal', 'closes'] as const;
const ORDERED = ['due', 'repliesDue', 'closes'] as const;

/** Makes or changes an assignment. What was typed stays where it could not be saved. */
export function AssignmentForm({ group, editions, assignment, template }: Props) {
  const t = useTranslations('assignments');
  const common = useTranslations('common');
  const router = useRouter();
  const [input, setInput] = useState<Required<AssignmentInput>>(() =>
    template ? inputLike(template, editions) : inputOf(assignment, editions[0]?.slug),
  );
  const form = useSubmit(common('failed'));
  const set = (fields: Partial<AssignmentInput>) => setInput((now) => ({ ...now, ...fields }));
  const expect = (fields: { glosses?: number; replies?: number }) =>
    set({ expected: { ...input.expected, ...fields } });

  function save(): Promise<void> {
    return form.run(async () => {
      if (assignment) {
        const param = { group, id: assignment.id };
        await api('PATCH /groups/:group/assignments/:id', { param, json: input });
        toast(common('saved'));
        router.push(`/groups/${group}/assignments/${assignment.id}`);
      } else {
        const { id } = await api('POST /groups/:group/assignments', { param: { group }, json: input });
        router.push(`/groups/${group}/assignments/${id}`);
      }
      router.refresh();
    });
  }

  return (
    <form
      method="post"
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <ProblemNotice text={form.problem} />
      <Field
        label={t('form.title')}
        required
        maxLength={TITLE_LIMIT}
        value={input.title}
        error={form.errorOf('title')}
        onChange={({ currentTarget }) => set({ title: currentTarget.value })}
      />
      <TextField
        label={t('form.instructions')}
        hint={t('form.instructionsHint')}
        rows={6}
        maxLength={INSTRUCTIONS_LIMIT}
        value={input.instructions}
        error={form.errorOf('instructions')}
        onChange={({ currentTarget }) => set({ instructions: currentTarget.value })}
      />
      <Choice
        label={t('form.edition')}
        hint={t(editions.length > 0 ? 'form.editionHint' : 'form.noEdition')}
        value={input.edition}
        error={form.errorOf('edition')}
        onChange={({ currentTarget }) => set({ edition: currentTarget.value, sections: [] })}
      >
        {editions.map(({ slug, title }) => (
          <option key={slug} value={slug}>
            {title}
          </option>
        ))}
      </Choice>
      {input.edition !== '' && (
        <>
          <b>{t('form.sections')}</b>
          <SectionMarks
            key={input.edition}
            edition={input.edition}
            marked={input.sections}
            onMark={(sections) => set({ sections })}
          />
        </>
      )}
      <ProblemNotice text={form.errorOf('sections')} />
      <div className={styles.pair}>
        <Field
          label={t('form.expectedGlosses')}
          type="number"
          min={0}
          max={1000}
          value={input.expected.glosses ?? 0}
          error={form.errorOf('expected')}
          onChange={({ currentTarget }) => expect({ glosses: currentTarget.valueAsNumber || 0 })}
        />
        <Field
          label={t('form.expectedReplies')}
          type="number"
          min={0}
          max={1000}
          value={input.expected.replies ?? 0}
          onChange={({ currentTarget }) => expect({ replies: currentTarget.valueAsNumber || 0 })}
        />
      </div>
      <fieldset className={styles.modes}>
        <legend>{t('form.mode')}</legend>
        {MODES.map((mode) => (
          <Check
            key={mode}
            type="radio"
            name="mode"
            label={t(`mode_${mode}`)}
            hint={t(`modeHint_${mode}`)}
            checked={input.mode === mode}
            onChange={() => set({ mode })}
          />
        ))}
      </fieldset>
      <fieldset className={styles.modes}>
        <legend>{t('form.dates')}</legend>
        <p className="muted small">{t('form.datesHint')}</p>
        <div className={styles.pair}>
          {DATES.filter((name) => name !== 'reveal' || input.mode === 'blind-until').map((name) => (
            <MomentField
              key={name}
              label={t(`date.${name}`)}
              value={input[name]}
              error={form.errorOf(name)}
              hint={isBeforeOpening(input, name) ? t('form.orderHint') : undefined}
              onChange={(moment) => set({ [name]: moment })}
            />
          ))}
        </div>
      </fieldset>
      <Check
        label={t('form.premoderated')}
        checked={input.premoderated}
        onChange={({ currentTarget }) => set({ premoderated: currentTarget.checked })}
      />
      {assignment && (
        <Check
          label={t('form.closed')}
          checked={input.closed}
          onChange={({ currentTarget }) => set({ closed: currentTarget.checked })}
        />
      )}
      <p>
        <Button type="submit" look="primary" busy={form.busy}>
          {t(assignment ? 'form.save' : 'form.create')}
        </Button>
      </p>
    </form>
  );
}

function inputOf(assignment: Assignment | undefined, edition = ''): Required<AssignmentInput> {
  const {
    title = '',
    instructions = '',
    sections = [],
    mode = 'open',
    opens = null,
    due = null,
    repliesDue = null,
    reveal = null,
    closes = null,
    expected = { glosses: 0, replies: 0 },
    premoderated = false,
    closed = false,
  } = assignment ?? {};
  return {
    title,
    instructions,
    edition: assignment?.edition ?? edition,
    sections,
    mode,
    opens,
    due,
    repliesDue,
    reveal,
    closes,
    expected,
    premoderated,
    closed,
  };
}

/** What an earlier assignment asked for; its text where the group reads that, else the group's first. */
function inputLike(template: Assignment, editions: Props['editions']): Required<AssignmentInput> {
  const isRead = editions.some(({ slug }) => slug === template.edition);
  return {
    ...inputOf(template),
    ...(!isRead && { edition: editions[0]?.slug ?? '', sections: [] }),
    ...{ opens: null, due: null, repliesDue: null, reveal: null, closes: null, closed: false },
  };
}

function isBeforeOpening(input: Required<AssignmentInput>, name: (typeof DATES)[number]): boolean {
  const moment = input[name];
  const isOrdered = (ORDERED as readonly string[]).includes(name);
  return isOrdered && moment !== null && input.opens !== null && moment < input.opens;
}
