import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { signIn } from '../support/sign-in';
import { waitForHydration } from '../support/wait-for-hydration';

const PASSWORD = process.env.DEMO_PASSWORD ?? '';

// A link leads here without a new page, and the page of an invitation has fields of the same names.
async function fillIn(page: Page, email: string, password: string): Promise<void> {
  await expect(page).toHaveURL(/\/signin(\?|$)/);
  await waitForHydration(page);
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}

test('a reader signs in, comes to where they wanted, and signs out', async ({ page }) => {
  await page.goto('/account');
  await expect(page).toHaveURL(/\/signin\?callbackUrl=%2Faccount$/);
  await expectAccessible(page);
  await fillIn(page, 'student2@demo.example', 'not the password');
  await expect(page.getByText('Wrong e-mail address or password.')).toBeVisible();
  await expect(page.getByLabel('E-mail address')).toHaveValue('student2@demo.example');
  await fillIn(page, 'student2@demo.example', PASSWORD);
  await expect(page).toHaveURL(/\/account$/);
  await expectAccessible(page);
  await waitForHydration(page);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('link', { name: 'Sign in' }).first()).toBeVisible();
  expect((await page.request.get('/api/v1/me')).status()).toBe(401);
});

test('a callback to another site leads home', async ({ page, baseURL }) => {
  for (const elsewhere of ['https://evil.example/', '//evil.example/', '/\\evil.example/']) {
    await page.context().clearCookies();
    await page.goto(`/signin?callbackUrl=${encodeURIComponent(elsewhere)}`);
    await fillIn(page, 'student2@demo.example', PASSWORD);
    await expect(page).toHaveURL(`${baseURL}/`);
  }
});

test('whoever fails too often hears when to try again, also with the right password', async ({ page }) => {
  await page.goto('/signin');
  for (let i = 0; i < 10; i++) {
    await fillIn(page, 'student4@demo.example', `wrong ${i}`);
    await expect(page.getByRole('button', { name: 'Sign in' })).not.toHaveAttribute('aria-disabled', 'true');
  }
  await fillIn(page, 'student4@demo.example', PASSWORD);
  await expect(page.getByText(/Try again in 1[45] minutes/)).toBeVisible();
});

test('the pages speak the language that is chosen, and keep it', async ({ page }) => {
  await page.goto('/signin');
  await page.getByRole('button', { name: 'Русский' }).click();
  await expect(page.getByRole('heading', { name: 'Вход' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'ru');
  await page.goto('/groups');
  await expect(page.getByRole('heading', { name: 'Семинары' })).toBeVisible();
});

test('a theme is chosen and kept, and its colours have contrast', async ({ page }) => {
  for (const theme of ['Light', 'Sepia', 'Dark']) {
    await page.goto('/signin');
    await waitForHydration(page);
    await page.getByRole('button', { name: 'Language and colours' }).click();
    await page.getByRole('menuitemradio', { name: theme }).click();
    await page.reload();
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme.toLowerCase());
    await expectAccessible(page);
  }
});

test('a token is made, shown once, and revoked', async ({ page, context }) => {
  await signIn(context, 'student3');
  await page.goto('/account');
  await waitForHydration(page);
  const form = page.locator('form').filter({ has: page.getByRole('button', { name: 'Create a token' }) });
  await form.getByLabel('Name').fill('my script');
  await form.getByRole('button', { name: 'Create a token' }).click();
  const token = (await page.locator('code').textContent()) ?? '';
  expect(token).toMatch(/^scholion_/);
  await page.reload();
  await waitForHydration(page);
  await expect(page.getByText(token)).toHaveCount(0);
  await page.getByRole('button', { name: 'Revoke the token “my script”' }).click();
  await expect(page.getByText('No tokens yet')).toBeVisible();
});

test('an instructor makes a seminar and invites; a stranger joins by the link after signing in', async ({
  browser,
  baseURL,
}) => {
  const teacher = await browser.newContext({ baseURL });
  await signIn(teacher, 'instructor2');
  const page = await teacher.newPage();
  const failures: string[] = [];
  page.on('pageerror', (error) => failures.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') failures.push(message.text());
  });
  await page.goto('/groups');
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Create a seminar' }).click();
  await expect(page).toHaveURL(/\/groups\/new$/);
  await waitForHydration(page);
  await expectAccessible(page);
  await page.getByLabel('Name', { exact: true }).fill('Чтение писем');
  await page.getByLabel('Web address').fill('demo-seminar');
  await page.getByRole('button', { name: 'Create the seminar' }).click();
  await expect(page.getByText('This address is taken.').first()).toBeVisible();
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Чтение писем');
  await page.getByLabel('Web address').fill('');
  await page.getByRole('button', { name: 'Create the seminar' }).click();
  await expect(page).toHaveURL(/\/groups\/chtenie-pisem$/);
  await expectAccessible(page);
  await page.getByRole('navigation', { name: 'Seminar' }).getByRole('link', { name: 'People' }).click();
  await page.getByRole('button', { name: 'Create a link' }).click();
  const link = new URL((await page.locator('th code').textContent()) ?? '');
  await expectAccessible(page);

  const other = await browser.newContext({ baseURL });
  const stranger = await other.newPage();
  await stranger.goto(link.pathname);
  await expect(stranger.getByText('You are invited to the seminar “Чтение писем”')).toBeVisible();
  await stranger.getByRole('link', { name: 'Sign in to join' }).click();
  await fillIn(stranger, 'outsider@demo.example', PASSWORD);
  await expect(stranger).toHaveURL(/\/join\//);
  await waitForHydration(stranger);
  await stranger.getByRole('button', { name: 'Join' }).click();
  await expect(stranger).toHaveURL(/\/groups\/chtenie-pisem$/);
  await expect(stranger.getByText('Your role: Student')).toBeVisible();

  await page.reload();
  await waitForHydration(page);
  const role = page.getByRole('combobox', { name: /^Role of/ }).last();
  await role.selectOption('assistant');
  await expect(page.getByText('The role was changed.')).toBeVisible();
  await page.getByRole('button', { name: /^Remove / }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByRole('button', { name: /^Remove / })).toHaveCount(0);
  await stranger.reload();
  await expect(stranger.getByRole('heading', { name: 'Page not found' })).toBeVisible();

  await page.getByRole('button', { name: 'Leave the seminar' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Leave the seminar' }).click();
  await expect(page.getByText('A group needs an owner: make somebody else one first.')).toBeVisible();
  expect(failures.filter((text) => !/409/.test(text))).toEqual([]);
});

test('an administrator adds an account; nobody else sees the page', async ({ page, context }) => {
  await signIn(context, 'student1');
  await page.goto('/admin');
  await expect(page.getByRole('heading', { name: 'Page not found' })).toBeVisible();
  await context.clearCookies();
  await signIn(context, 'admin');
  await page.goto('/admin');
  await expectAccessible(page);
  await waitForHydration(page);
  const form = page.locator('form').filter({ has: page.getByLabel('E-mail address') });
  await form.getByLabel('Name').fill('Новый читатель');
  await form.getByLabel('E-mail address').fill('admin@demo.example');
  await form.getByRole('button').click();
  await expect(page.getByText('There is already an account with this e-mail address.')).toBeVisible();
  await form.getByLabel('E-mail address').fill('new-reader@demo.example');
  await form.getByRole('button').click();
  await expect(page.getByText('new-reader@demo.example')).toBeVisible();
});

test('the menu of the header is worked by keys, and gives the focus back', async ({ page, context }) => {
  await signIn(context, 'admin');
  await page.goto('/account');
  await waitForHydration(page);
  const button = page.getByRole('button', { name: /^Account of/ });
  await button.focus();
  await page.keyboard.press('Enter');
  for (const name of ['Search', 'Notebook', 'Account', 'Administration']) {
    await expect(page.getByRole('menuitem', { name })).toBeFocused();
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toHaveCount(0);
  await expect(button).toBeFocused();
});
