import AxeBuilder from '@axe-core/playwright';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { OUR_ORIGIN, uniqueName } from '../support/own-seminar';
import { signIn } from '../support/sign-in';

/** An account's life: made, its password forgotten, deactivated, merged. */

async function openAs(browser: Browser, account: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await signIn(context, account);
  return context.newPage();
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([]);
}

test('an account is given a new password, deactivated, and merged', async ({ browser }) => {
  const admin = await openAs(browser, 'admin');
  const name = uniqueName('Person');
  const [first = '', second = ''] = [1, 2].map((n) =>
    `${name.replace(/\W/g, '')}${n}@tests.example`.toLowerCase(),
  );
  for (const email of [first, second]) {
    const made = await admin.request.post('/api/v1/accounts', {
      data: { email, name: `${name} ${email === first ? 'one' : 'two'}` },
      headers: OUR_ORIGIN,
    });
    expect(made.status()).toBe(201);
  }
  const manage = async (email: string) => {
    await admin.goto(`/admin?q=${email}`);
    await admin.getByRole('link', { name: /^Manage/ }).click();
    await expect(admin.getByRole('heading', { level: 1, name })).toBeVisible();
  };

  const guest = await (await browser.newContext({ viewport: { width: 390, height: 800 } })).newPage();
  await test.step('the administrator hands out a link, by which a person chooses a password', async () => {
    await manage(first);
    await expectAccessible(admin);
    await admin.getByRole('button', { name: 'Make a link' }).click();
    const link = (await admin.locator('code').textContent()) ?? '';
    await guest.goto(link);
    await expectAccessible(guest);
    await guest.getByLabel('New password').fill('a password of my own');
    await guest.getByRole('button', { name: 'Set the password' }).click();
    await guest.getByRole('link', { name: 'Sign in', exact: true }).click();
    await expect(guest).toHaveURL(/\/signin(\?|$)/);
    await guest.getByLabel('E-mail address').fill(first);
    await guest.getByLabel('Password', { exact: true }).fill('a password of my own');
    await guest.getByRole('button', { name: 'Sign in', exact: true }).click();
    await guest.waitForURL((url) => !url.pathname.startsWith('/signin'));
    await guest.goto('/account');
    await expect(guest.getByText('A new password was set by a link')).toBeVisible();
  });

  await test.step('who is deactivated is signed out', async () => {
    await admin.getByRole('button', { name: 'Deactivate' }).click();
    await expect(admin.getByRole('button', { name: 'Activate again' })).toBeVisible();
    await guest.goto('/account');
    await expect(guest).toHaveURL(/\/signin/);
    await admin.getByRole('button', { name: 'Activate again' }).click();
    await expect(admin.getByRole('button', { name: 'Deactivate' })).toBeVisible();
  });

  await test.step('two accounts become one', async () => {
    await admin.getByLabel('E-mail address of the other account').fill(second);
    await admin.getByRole('button', { name: 'Search' }).click();
    await admin.getByRole('dialog').getByRole('button', { name: 'Merge with another account' }).click();
    await expect(admin.getByText(/Another account was merged into this one/)).toBeVisible();
    await admin.goto(`/admin?q=${second}`);
    await expect(admin.getByText('No account matches')).toBeVisible();
  });
});
