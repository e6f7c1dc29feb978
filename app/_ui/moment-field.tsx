'use client';
import { useEffect, useState } from 'react';
import { Field } from './field';

type Props = {
  label: string;
  hint?: string;
  error?: string;
  /** ISO 8601; null for none. */
  value: string | null;
  onChange: (value: string | null) => void;
};

/** A day with its time, in the reader's own zone; outside it is ISO 8601 in UTC. */
export function MomentField({ value, onChange, ...rest }: Props) {
  // The server does not know the zone: the field is filled in once the browser does.
  const [text, setText] = useState('');
  useEffect(() => setText(value === null ? '' : localText(new Date(value))), [value]);
  return (
    <Field
      {...rest}
      type="datetime-local"
      value={text}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value);
        const date = new Date(currentTarget.value);
        if (currentTarget.value === '') onChange(null);
        else if (!Number.isNaN(date.getTime())) onChange(date.toISOString());
      }}
    />
  );
}

/** `2026-12-01T18:30` in the browser's zone, as the field has it (HTML, local date and time string). */
function localText(date: Date): string {
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}
