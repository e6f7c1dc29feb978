import { type ComponentProps, type ReactNode, useId } from 'react';
import styles from './field.module.css';

type Common = { label: string; hint?: string; error?: string };
type Control = { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true };

function Frame({ label, hint, error, children }: Common & { children: (control: Control) => ReactNode }) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      {hint && (
        <span id={`${id}-hint`} className={styles.hint}>
          {hint}
        </span>
      )}
      {children({
        id,
        'aria-describedby': described || undefined,
        'aria-invalid': error ? true : undefined,
      })}
      {error && (
        <span id={`${id}-error`} className={styles.error}>
          {error}
        </span>
      )}
    </div>
  );
}

/** An input with its label; hint and error are announced with it. */
export function Field({ label, hint, error, ...rest }: Common & ComponentProps<'input'>) {
  return (
    <Frame label={label} hint={hint} error={error}>
      {(control) => <input {...rest} {...control} />}
    </Frame>
  );
}

/** A text area with its label. */
export function TextField({ label, hint, error, ...rest }: Common & ComponentProps<'textarea'>) {
  return (
    <Frame label={label} hint={hint} error={error}>
      {(control) => <textarea rows={4} {...rest} {...control} />}
    </Frame>
  );
}

/** A select with its label. */
export function Choice({ label, hint, error, ...rest }: Common & ComponentProps<'select'>) {
  return (
    <Frame label={label} hint={hint} error={error}>
      {(control) => <select {...rest} {...control} />}
    </Frame>
  );
}
