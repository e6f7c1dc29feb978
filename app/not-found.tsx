import { getTranslator } from '@/lib/i18n/server';
import { ButtonLink } from './_ui/button';

export default async function NotFound() {
  const t = await getTranslator('common');
  return (
    <main id="main" className="page narrow stack">
      <h1>{t('notFound.title')}</h1>
      <p>{t('notFound.text')}</p>
      <p className="row">
        <ButtonLink href="/" look="primary">
          {t('notFound.home')}
        </ButtonLink>
        <ButtonLink href="/signin">{t('signIn')}</ButtonLink>
      </p>
    </main>
  );
}
