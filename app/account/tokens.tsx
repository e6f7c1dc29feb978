'use client';
import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { useLocale, useTranslations } from '@/lib/i18n/client';
import { formatDate } from '@/lib/i18n/translate';
import { TOKEN_NAME_LIMIT } from '@/lib/identity/constants';
import type { Token } from '@/lib/identity/schema';
import { api } from '../_ui/api-client';
import { Button } from '../_ui/button';
import { CopyButton } from '../_ui/copy-button';
import { Choice, Field } from '../_ui/field';
import { Notice, ProblemNotice } from '../_ui/notice';
import { useSubmit } from '../_ui/use-submit';

/** The viewer's tokens: created, shown once, revoked. */
export function Tokens({ tokens, groups }: { tokens: Token[]; groups: { slug: string; name: string }[] }) {
  const t = useTranslations('account');
  const common = useTranslations('common');
  const locale = useLocale();
  const router = useRouter();
  const element = useRef<HTMLFormElement>(null);
  const [made, setMade] = useState<string>();
  const form = useSubmit(common('failed'), async ({ name = '', scope, group, expires }) => {
    const until = expires ? new Date(`${expires}T23:59:59`).toISOString() : null;
    const json = { name, scope: scope as Token['scope'], group: group || null, expires: until };
    setMade((await api('POST /tokens', { json })).token);
    element.current?.reset();
    router.refresh();
  });
  const day = (when: string) => formatDate(locale, new Date(when));

  return (
    <>
      {made && (
        <Notice>
          <p role="status">{t('tokens.once')}</p>
          <p className="row">
            <code>{made}</code>
            <CopyButton text={made} />
          </p>
        </Notice>
      )}
      {tokens.length === 0 && <p>{t('tokens.none')}</p>}
      {tokens.length > 0 && (
        <div className="wide">
          <table>
            <thead>
              <tr>
                <th scope="col">{t('tokens.name')}</th>
                <th scope="col">{t('tokens.scope')}</th>
                <th scope="col">{t('tokens.group')}</th>
                <th scope="col">{t('tokens.created')}</th>
                <th scope="col">{t('tokens.used')}</th>
                <th scope="col">{t('tokens.expires')}</th>
                <td />
              </tr>
            </thead>
            <tbody>
              {tokens.map(({ id, name, scope, group, created, lastUsed, expires }) => (
                <tr key={id}>
                  <th scope="row">{name}</th>
                  <td>{t(`tokens.${scope}`)}</td>
                  <td>{group ?? t('tokens.allGroups')}</td>
                  <td>{day(created)}</td>
                  <td>{lastUsed ? day(lastUsed) : t('tokens.never')}</td>
                  <td>{expires ? day(expires) : t('tokens.forever')}</td>
                  <td>
                    <Button
                      look="danger"
                      busy={form.busy}
                      aria-label={t('tokens.revokeThis', { name })}
                      onClick={() =>
                        form.run(async () => {
                          await api('DELETE /tokens/:id', { param: { id } });
                          router.refresh();
                        })
                      }
                    >
                      {t('tokens.revoke')}
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <form ref={element} method="post" onSubmit={form.onSubmit} className="stack">
        <ProblemNotice text={form.problem} />
        <Field
          label={t('tokens.name')}
          name="name"
          required
          maxLength={TOKEN_NAME_LIMIT}
          error={form.errorOf('name')}
        />
        <Choice label={t('tokens.scope')} name="scope" defaultValue="read">
          <option value="read">{t('tokens.read')}</option>
          <option value="write">{t('tokens.write')}</option>
          <option value="moderate">{t('tokens.moderate')}</option>
        </Choice>
        <Choice label={t('tokens.group')} name="group" defaultValue="">
          <option value="">{t('tokens.allGroups')}</option>
          {groups.map(({ slug, name }) => (
            <option key={slug} value={slug}>
              {name}
            </option>
          ))}
        </Choice>
        <Field label={t('tokens.expires')} name="expires" type="date" error={form.errorOf('expires')} />
        <Button type="submit" busy={form.busy}>
          {t('tokens.make')}
        </Button>
      </form>
    </>
  );
}
