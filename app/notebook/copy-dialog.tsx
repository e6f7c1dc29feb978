'use client';
import { useTranslations } from '@/lib/i18n/client';
import { api } from '../_ui/api-client';
import { Button } from '../_ui/button';
import { Dialog, DialogButtons } from '../_ui/dialog';
import { Check, Choice } from '../_ui/field';
import { ProblemNotice } from '../_ui/notice';
import { toast } from '../_ui/toast';
import { useSubmit } from '../_ui/use-submit';

type Copied = { id: string; targets: { slug: string; name: string }[] };

/** Asks into which of one's groups a note is copied. */
export function CopyDialog({ note: { id, targets }, onClose }: { note: Copied; onClose: () => void }) {
  const t = useTranslations('notebook');
  const common = useTranslations('common');
  const form = useSubmit(common('failed'), async ({ group = '', private: isPrivate }) => {
    const json = { group, ...(isPrivate === 'on' && { visibility: 'private' as const }) };
    await api('POST /annotations/:id/copy', { param: { id }, json });
    toast(t('copied'));
    onClose();
  });
  return (
    <Dialog title={t('copyTitle')} onClose={onClose}>
      <form method="post" className="stack" onSubmit={form.onSubmit}>
        <p className="muted">{t('copyLead')}</p>
        <ProblemNotice text={form.errorOf('group') ? undefined : form.problem} />
        <Choice label={t('group')} name="group" required error={form.errorOf('group')}>
          {targets.map(({ slug, name }) => (
            <option key={slug} value={slug}>
              {name}
            </option>
          ))}
        </Choice>
        <Check name="private" label={t('copyPrivate')} />
        <DialogButtons>
          <Button look="quiet" onClick={onClose}>
            {common('cancel')}
          </Button>
          <Button type="submit" look="primary" busy={form.busy}>
            {t('copySubmit')}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}
