'use client';
import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { useTranslations } from '@/lib/i18n/client';
import { TOKEN_NAME_LIMIT } from '@/lib/identity/constants';
import type { Token } from '@/lib/identity/schema';
import { api } from '../_ui/api-client';
import { Button } from '../_ui/button';
import { CopyButton } from '../_ui/copy-button';
import { Choice, Field } from '../_ui/field';
import { Notice, ProblemNotice } from '../_ui/notice';
import { RowActions, Table } from '../_ui/table';
import { LocalTime, RelativeTime } from '../_ui/time';
import { useSubmit } from '../_ui/use-submit';

/** The viewer's tokens: created, shown once, revoked. */
export function Tokens({ tokens, groups }: { tokens: Token[]; groups: { slug: string; name: string }[] }) {
  const t = useTranslations('account');
  const common = useTranslations('common');
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

  return (
    <>
      {made && (
        <Notice look="success">
          <p role="status">{t('tokens.once')}</p>
          <p className="row">
            <code>{made}</code>
            <CopyButton text={made} />
          </p>
        </Notice>
      )}
      {tokens.length === 0 && <p className="muted">{t('tokens.none')}</p>}
      {tokens.length > 0 && (
        <Table
          caption={t('tokens.title')}
          rows={tokens}
          keyOf={({ id }) => id}
          columns={[
            { head: t('tokens.name'), cell: ({ name }) => name },
            { head: t('tokens.scope'), cell: ({ scope }) => t(`tokens.${scope}`) },
            { head: t('tokens.group'), cell: ({ group }) => group ?? t('tokens.allGroups') },
            { head: t('tokens.created'), cell: ({ created }) => <LocalTime when={created} /> },
            {
              head: t('tokens.used'),
              cell: ({ lastUsed }) => (lastUsed ? <RelativeTime when={lastUsed} /> : t('tokens.never')),
            },
            {
              head: t('tokens.expires'),
              cell: ({ expires }) => (expires ? <LocalTime when={expires} /> : t('tokens.forever')),
            },
            {
              head: '',
              cell: ({ id, name }) => (
                <RowActions>
                  <Button
                    look="danger"
                    small
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
                </RowActions>
              ),
            },
          ]}
        />
      )}
      <form ref={element} method="post" onSubmit={form.onSubmit} className="stack">
        <ProblemNotice text={form.problem} />
        <Field
          label={t('tokens.name')}
          hint={t('tokens.nameHint')}
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
