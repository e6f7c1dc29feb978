'use client';
import { FileUp } from 'lucide';
import { type DragEvent, useId, useState } from 'react';
import { Icon } from '@/app/_ui/icon';
import { useTranslations } from '@/lib/i18n/client';
import styles from './texts.module.css';

/** What a person brings in: a file, or the text that they pasted. */
export type ChosenText = { body: Blob; type: string; name: string };

/** A place to drop a file on, to choose one, or to paste a text into. */
export function FileInput({
  onChange,
  error,
}: {
  onChange: (chosen: ChosenText | null) => void;
  error?: string | undefined;
}) {
  const t = useTranslations('texts');
  const id = useId();
  const [file, setFile] = useState<File | null>(null);
  const [isOver, setOver] = useState(false);
  const choose = (chosen: File | undefined) => {
    setFile(chosen ?? null);
    onChange(
      chosen ? { body: chosen, type: chosen.type || 'application/octet-stream', name: chosen.name } : null,
    );
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    choose(event.dataTransfer.files[0]);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the input inside is the first
    <div
      className={styles.drop}
      data-over={isOver || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <Icon of={FileUp} />
      <div>
        <label htmlFor={`${id}-file`}>
          {t('drop')} {t('file')}
        </label>{' '}
        <input
          id={`${id}-file`}
          type="file"
          aria-describedby={`${id}-kinds`}
          aria-invalid={error ? true : undefined}
          onChange={(event) => choose(event.currentTarget.files?.[0])}
        />
      </div>
      <p id={`${id}-kinds`} className="muted">
        {file ? t('file.chosen', { name: file.name, size: sizeOf(file.size) }) : t('add.kinds')}
      </p>
      {!file && (
        <div>
          <label htmlFor={`${id}-text`}>{t('paste')}</label>
          <textarea
            id={`${id}-text`}
            dir="auto"
            onChange={(event) => {
              const text = event.currentTarget.value;
              onChange(
                text.trim() === ''
                  ? null
                  : { body: new Blob([text]), type: 'text/plain;charset=utf-8', name: '' },
              );
            }}
          />
        </div>
      )}
      {error && (
        <p role="alert" className="problem">
          {error}
        </p>
      )}
    </div>
  );
}

function sizeOf(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
