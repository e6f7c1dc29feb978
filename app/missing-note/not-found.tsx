import { getTranslator } from '@/lib/i18n/server';
import { ButtonLink } from '../_ui/button';

/** Says why a link to a note leads nowhere. It tells nothing of whether there is one. */
export default async function MissingNote() {
  const t = await getTranslator('common');
  return (
    <main id="main" className="page narrow stack">
      <h1>{t('missingNote.title')}</h1>
      <p>{t('missingNote.text')}</p>
      <p className="row">
        <ButtonLink href="/groups" look="primary">
          {t('missingNote.groups')}
        </ButtonLink>
        <ButtonLink href="/editions">{t('library')}</ButtonLink>
      </p>
    </main>
  );
}
