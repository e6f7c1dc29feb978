'use client';
import { LogOut, NotebookPen, Search, Settings2, ShieldCheck } from 'lucide';
import { type RefObject, useState } from 'react';
import { signOut } from '@/app/_ui/auth-client';
import { Menu, MenuChoice, MenuHead, MenuItem, MenuLink, MenuRule } from '@/app/_ui/menu';
import { chooseTheme, readTheme, THEMES } from '@/app/_ui/theme';
import { toast } from '@/app/_ui/toast';
import { useLocale, useTranslations } from '@/lib/i18n/client';
import { localeNames, locales } from '@/lib/i18n/locales';
import type { Me } from '@/lib/identity/schema';
import { chooseLocale } from './site-locale';

type Props = { me: Me | null; anchor: RefObject<HTMLElement | null>; onClose: () => void };

/** What the menu of the header holds: the account, the language, the colours. */
export default function AccountMenuItems({ me, anchor, onClose }: Props) {
  const t = useTranslations('common');
  const locale = useLocale();
  const [theme, setTheme] = useState(readTheme);
  return (
    <Menu label={me ? t('account') : t('display')} anchor={anchor} onClose={onClose}>
      {me && <MenuHead>{me.email ?? me.name}</MenuHead>}
      <MenuLink icon={Search} href="/search">
        {t('search')}
      </MenuLink>
      {me && (
        <>
          <MenuLink icon={NotebookPen} href="/notebook">
            {t('notebook')}
          </MenuLink>
          <MenuLink icon={Settings2} href="/account">
            {t('account')}
          </MenuLink>
          {me.admin && (
            <MenuLink icon={ShieldCheck} href="/admin">
              {t('admin')}
            </MenuLink>
          )}
        </>
      )}
      <MenuRule />
      <MenuChoice
        label={t('language')}
        value={locale}
        options={locales.map((value) => ({ value, text: localeNames[value], language: value }))}
        onChoose={chooseLocale}
      />
      <MenuRule />
      <MenuChoice
        label={t('theme')}
        value={theme}
        options={THEMES.map((value) => ({ value, text: t(`theme.${value}`) }))}
        onChoose={(chosen) => {
          chooseTheme(chosen);
          setTheme(chosen);
        }}
      />
      {me && (
        <>
          <MenuRule />
          <MenuItem
            icon={LogOut}
            onChoose={() =>
              void signOut().then(
                () => window.location.assign('/'),
                () => toast(t('failed')),
              )
            }
          >
            {t('signOut')}
          </MenuItem>
        </>
      )}
    </Menu>
  );
}
