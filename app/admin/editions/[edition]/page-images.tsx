'use client';
import { ArrowDown, ArrowUp } from 'lucide';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { api } from '@/app/_ui/api-client';
import { Button, IconButton } from '@/app/_ui/button';
import { Dialog, DialogButtons } from '@/app/_ui/dialog';
import { Field } from '@/app/_ui/field';
import { ProblemNotice } from '@/app/_ui/notice';
import { toast } from '@/app/_ui/toast';
import { useSubmit } from '@/app/_ui/use-submit';
import { LABEL_LIMIT, PAGE_LIMIT } from '@/lib/canvas/constants';
import { useTranslations } from '@/lib/i18n/client';
import styles from './page-images.module.css';

/** A page image; `name` is its label without the page. */
export type PageImage = {
  id: string;
  name: string;
  page: string | null;
  thumbnail: string;
  statement: string | null;
  width: number;
  height: number;
  isInText: boolean;
};

/** The page images of an edition in order: each can be renamed, moved and removed. */
export function PageImages({ edition, images }: { edition: string; images: PageImage[] }) {
  return (
    <ol className={styles.images}>
      {images.map((image, i) => (
        <li key={image.id}>
          <PageImageItem edition={edition} image={image} position={i} count={images.length} />
        </li>
      ))}
    </ol>
  );
}

function PageImageItem({
  edition,
  image: { id, name, page, thumbnail, statement, width, height, isInText },
  position,
  count,
}: {
  edition: string;
  image: PageImage;
  position: number;
  count: number;
}) {
  const t = useTranslations('canvas');
  const common = useTranslations('common');
  const router = useRouter();
  const [isLeaving, setIsLeaving] = useState(false);
  const param = { edition, canvas: id };
  const form = useSubmit(common('failed'), async ({ label = '', page = '' }) => {
    await api('PATCH /editions/:edition/canvases/:canvas', {
      param,
      json: { label, page: page.trim() || null },
    });
    toast(t('manage.changed'));
    router.refresh();
  });

  function moveTo(to: number): void {
    void form.run(async () => {
      await api('PATCH /editions/:edition/canvases/:canvas', { param, json: { position: to } });
      router.refresh();
    });
  }

  function remove(): void {
    setIsLeaving(false);
    void form.run(async () => {
      await api('DELETE /editions/:edition/canvases/:canvas', { param });
      toast(t('manage.removed', { label: name }));
      router.refresh();
    });
  }

  return (
    <div className={styles.image}>
      {/* biome-ignore lint/performance/noImgElement: its sizes are ready-made */}
      <img src={thumbnail} alt="" loading="lazy" width={120} height={Math.round((120 * height) / width)} />
      <form method="post" className="stack" onSubmit={form.onSubmit}>
        <ProblemNotice text={form.problem} />
        <div className="fields">
          <Field
            name="label"
            label={t('manage.label')}
            defaultValue={name}
            required
            maxLength={LABEL_LIMIT}
            error={form.errorOf('label')}
          />
          <Field
            name="page"
            label={t('manage.page')}
            hint={page !== null && !isInText ? t('manage.noPage') : undefined}
            defaultValue={page ?? ''}
            maxLength={PAGE_LIMIT}
            error={form.errorOf('page')}
          />
        </div>
        <p className="muted">
          {t('manage.size', { width, height })}
          {statement && ` · ${statement}`}
        </p>
        <p className={styles.buttons}>
          <Button type="submit" busy={form.busy}>
            {t('manage.save')}
          </Button>
          <IconButton
            icon={ArrowUp}
            aria-disabled={position === 0 || undefined}
            label={t('manage.upLabel', { label: name })}
            onClick={() => position > 0 && moveTo(position - 1)}
          />
          <IconButton
            icon={ArrowDown}
            aria-disabled={position === count - 1 || undefined}
            label={t('manage.downLabel', { label: name })}
            onClick={() => position < count - 1 && moveTo(position + 1)}
          />
          <Button look="danger" busy={form.busy} onClick={() => setIsLeaving(true)}>
            {t('manage.remove')}
          </Button>
        </p>
      </form>
      {isLeaving && (
        <Dialog onClose={() => setIsLeaving(false)} title={t('manage.removeTitle', { label: name })}>
          <p>{t('manage.removeHint')}</p>
          <DialogButtons>
            <Button look="quiet" onClick={() => setIsLeaving(false)}>
              {common('cancel')}
            </Button>
            <Button look="destroy" onClick={remove}>
              {t('manage.removeIt')}
            </Button>
          </DialogButtons>
        </Dialog>
      )}
    </div>
  );
}
