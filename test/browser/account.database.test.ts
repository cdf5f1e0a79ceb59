import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { codeNow } from '../../apps/server/sign-in/totp.fixture.ts'
import { type Console, expectSound, looks, openConsole, password } from './open-console.ts'

// One's own way in, as one changes it oneself.

let here: Console
beforeAll(async () => {
  here = await openConsole('account')
}, 120_000)
afterAll(() => here?.close())

describe.each(looks)('%i wide, %s', (width, scheme) => {
  test('the second step is set up by a code of the app, asked for, and done without', async () => {
    const session = await here.joined(`ada-${width}-${scheme}@example.com`, 'marketer')
    const { page, close } = await here.opened(width, scheme, session)
    await page.goto(`${here.server.url}/console/account`)
    const part = page.getByRole('region', { name: 'Second step' })
    await part.getByText('nobody gets in with your password alone').waitFor()
    await page.getByText('Passkeys belong to a name').waitFor()
    await expectSound(page)
    await part.getByLabel('Your password').fill('not the password')
    await part.getByRole('button', { name: 'Set it up' }).click()
    await part.getByText('The password or the code is wrong').waitFor()
    await expectSound(page)
    await part.getByLabel('Your password').fill(password)
    await part.getByRole('button', { name: 'Set it up' }).click()
    await part.getByRole('img', { name: 'QR code of the secret' }).waitFor()
    await expectSound(page)
    const secret = (await part.locator('code').first().textContent()) ?? ''
    await part.getByLabel('The six digits').fill(codeNow(secret))
    await part.getByRole('button', { name: 'Turn it on' }).click()
    await part.getByText('The second step is on.').waitFor()
    await expectSound(page)
    await part.getByLabel('Your password').fill(password)
    await part.getByRole('button', { name: 'Do without it' }).click()
    await part.getByText('The second step is off.').waitFor()
    await close()
  })

  test('sessions are listed, and any but this one is ended', async () => {
    const email = `bo-${width}-${scheme}@example.com`
    const { page, complaints, close } = await here.opened(width, scheme, await here.joined(email, 'cashier'))
    const other = await here.opened(1440, 'light', null)
    await other.page.goto(`${here.server.url}/sign-in?next=/console`)
    await other.page.getByLabel('E-mail').fill(email)
    await other.page.getByLabel('Password').fill(password)
    await other.page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await other.page.getByRole('heading', { level: 1 }).waitFor()
    await page.goto(`${here.server.url}/console/account`)
    const table = page.getByRole('table', { name: 'Where you are signed in' })
    await table.getByText('Here').waitFor()
    await expectSound(page)
    await table.getByRole('button', { name: 'End it' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'End it' }).click()
    await expect.poll(async () => await table.getByRole('button', { name: 'End it' }).count()).toBe(0)
    await other.page.goto(`${here.server.url}/console`)
    await other.page.getByLabel('Password').waitFor()
    expect(complaints).toEqual([])
    await other.close()
    await close()
  })
})

test('a password is changed, and everywhere else one is signed out', async () => {
  const { page, complaints, close } = await here.opened(390, 'dark', await here.joined('cy@example.com', 'auditor'))
  await page.goto(`${here.server.url}/console/account`)
  await page.getByLabel('Your password now').fill(password)
  await page.getByLabel('The new one').fill('another long password')
  await page.getByRole('button', { name: 'Change it' }).click()
  await page.getByText('It is changed. Everywhere else you are signed out.').waitFor()
  await expectSound(page)
  await page.reload()
  await page.getByRole('heading', { level: 1, name: 'Ada Lovelace' }).waitFor()
  expect(complaints).toEqual([])
  await close()
})

test('under a name a passkey is made, and removed', async () => {
  await here.joined('di@example.com', 'support')
  const { page, context, complaints, close } = await here.opened(1440, 'light', null)
  const devices = await context.newCDPSession(page)
  await devices.send('WebAuthn.enable')
  await devices.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true },
      ...{ isUserVerified: true, automaticPresenceSimulation: true },
    },
  })
  await page.goto(`${here.server.url.replace('127.0.0.1', 'localhost')}/sign-in?next=/console/account`)
  await page.getByLabel('E-mail').fill('di@example.com')
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByText('None yet.').waitFor()
  await page.getByRole('button', { name: 'Make a passkey' }).click()
  await page.getByText('It is made.').waitFor()
  await expectSound(page)
  await page.getByRole('button', { name: 'Remove' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
  await page.getByText('None yet.').waitFor()
  expect(complaints).toEqual([])
  await close()
})
