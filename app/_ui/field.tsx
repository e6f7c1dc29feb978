import { CircleAlert, Search } from 'lucide';
import { type ComponentProps, type ReactNode, useId } from 'react';
import styles from './field.module.css';
import { Icon } from './icon';

type Common = { label: string; hint?: string; error?: string };
type Control = { id: string; className?: string; 'aria-describedby'?: string; 'aria-invalid'?: true };

/** The label stands above, help below, and an error in the place of the help. */
function Frame({ label, hint, error, children }: Common & { children: (control: Control) => ReactNode }) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        className: styles.input,
        'aria-describedby': error || hint ? `${id}-about` : undefined,
        'aria-invalid': error ? true : undefined,
      })}
      {error ? (
        <span id={`${id}-about`} className={styles.error}>
          <Icon of={CircleAlert} small />
          {error}
        </span>
      ) : (
        hint && (
          <span id={`${id}-about`} className={styles.hint}>
            {hint}
          </span>
        )
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

/** A select in the row of a table; `label` is its name for screen readers. */
export function RowChoice({
  label,
  ...rest
}: Omit<ComponentProps<'select'>, 'className'> & { label: string }) {
  return <select {...rest} aria-label={label} className={`${styles.input} ${styles.small}`} />;
}

/** A tick box or a radio button, with a line of help below its words. */
export function Check({
  label,
  hint,
  type = 'checkbox',
  ...rest
}: Omit<ComponentProps<'input'>, 'className'> & {
  label: ReactNode;
  hint?: string;
  type?: 'checkbox' | 'radio';
}) {
  return (
    <label className={styles.check}>
      <input {...rest} type={type} />
      <span>
        {label}
        {hint && <small>{hint}</small>}
      </span>
    </label>
  );
}

/** A field to search in; `label` is its name for screen readers and stands in it while it is empty. */
export function SearchField({
  label,
  ...rest
}: Omit<ComponentProps<'input'>, 'className'> & { label: string }) {
  return (
    <span className={styles.search}>
      <Icon of={Search} />
      <input type="search" {...rest} aria-label={label} placeholder={label} className={styles.input} />
    </span>
  );
}
