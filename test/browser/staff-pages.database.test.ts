import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { createClient } from '@laurel/contract'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { builtFaces } from '../../apps/cli/faces/built-faces.ts'
import { openCompany } from '../../apps/server/sign-in/company.fixture.ts'
import { codeNow } from '../../apps/server/sign-in/totp.fixture.ts'
import { freePort, type ServerProcess, startServer } from '../process/start-server.ts'
import { makeTemporaryFolder } from '../process/temporary-folder.ts'
import { openBrowser } from './open-browser.ts'

// How people on the staff come in, in a real browser: by invitation, password, second step and passkey, at a phone's and a desk's
// width, light and dark.

const program = {
  id: 'point-per-pound',
  file: fileURLToPath(new URL('../../programs/point-per-pound/program.yaml', import.meta.url)),
}
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const password = 'a long enough password'
const folder = makeTemporaryFolder('staff-pages')
const company = await openCompany()
let server: ServerProcess
let browser: Browser
/** Passkeys belong to a name, not to a number. */
let home: string

beforeAll(async () => {
  const port = await freePort()
  const environment = {
    ...{ LAUREL_MAIL: 'box', LAUREL_OIDC_URL: company.url, LAUREL_OIDC_CLIENT: 'laurel' },
    ...{ LAUREL_OIDC_SECRET: 'hush', LAUREL_OIDC_NAME: 'Shop AG' },
  }
  const faces = await builtFaces(() => undefined)
  server = await startServer({ folder: folder.path, port, logLevel: 'error', program, environment, faces })
  home = `http://localhost:${port}`
  browser = await openBrowser()
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await server?.stop()
  folder.remove()
})

async function opened(width: number, colorScheme: 'light' | 'dark', javaScriptEnabled = true) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, javaScriptEnabled })
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  const complaints: string[] = []
  page.on('console', (message) => {
    // A wrong code is answered with 401, a link that is used with 404; the browser notes both.
    if (message.type() === 'error' && !/\b40[14]\b/.test(message.text())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  return { page, context, complaints, close: () => context.close() }
}

async function expectSound(page: Page): Promise<void> {
  const { violations } = (await page.evaluate(
    `(() => { const module = undefined; ${axe}; return axe.run({ runOnly: ['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa'] }) })()`,
  )) as { violations: { id: string; nodes: { html: string }[] }[] }
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
  expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBe(0)
}

/** Answers the link as the mail of it says, which is shown on this machine. */
async function invite(email: string): Promise<string> {
  const client = createClient({ url: home, key: server.key ?? '' })
  expect(await client.call('invite', { body: { email, role: 'owner' } })).toMatchObject({ mailed: true, link: null })
  const box = await (await fetch(`${home}/outbox`)).text()
  expect(box).toContain(`To ${email}`)
  return /href="(http[^"]+\/invitation\/[^"]+)"/.exec(box)?.[1] ?? ''
}

async function join(page: Page, email: string): Promise<void> {
  await page.goto(await invite(email))
  await page.getByLabel('Your name').fill('Ada Lovelace-Überlingen')
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Join' }).click()
  await page.waitForURL(`${home}/console`)
}

async function fillIn(page: Page, email: string): Promise<void> {
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

/** As the console's room of one's account does it, which has tests of its own. Answers the secret. */
async function setUpSecondStep(page: Page): Promise<string> {
  await page.goto(`${home}/console/account`)
  const part = page.getByRole('region', { name: 'Second step' })
  await part.getByLabel('Your password').fill(password)
  await part.getByRole('button', { name: 'Set it up' }).click()
  const secret = (await part.locator('code').first().textContent()) ?? ''
  await part.getByLabel('The six digits').fill(codeNow(secret))
  await part.getByRole('button', { name: 'Turn it on' }).click()
  await part.getByText('The second step is on.').waitFor()
  return secret
}

async function signOut(page: Page): Promise<void> {
  await page.goto(`${home}/console`)
  await page.getByRole('button', { name: 'Ada Lovelace' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByLabel('Password').waitFor()
}

describe.each([390, 1440] as const)('at a width of %i', (width) => {
  test.each(['light', 'dark'] as const)('from the invitation to the second step, %s', async (scheme) => {
    const { page, complaints, close } = await opened(width, scheme)
    const email = `ada-${width}-${scheme}@example.com`
    const link = await invite(email)
    await page.goto(link)
    expect(await page.getByRole('main').textContent()).toContain('Answers for the program')
    await expectSound(page)
    await page.goto(`${home}/invitation/${'a'.repeat(43)}`)
    await expectSound(page)
    await join(page, email)
    const secret = await setUpSecondStep(page)
    await signOut(page)
    await expectSound(page)
    // Where one wanted to be is kept through both steps.
    await page.goto(`${home}/console/members?q=nobody`)
    await fillIn(page, email)
    await expectSound(page)
    await page.getByLabel('Code').fill('000000')
    await page.getByRole('button', { name: 'Go on' }).click()
    expect(await page.getByRole('alert').textContent()).toContain('wrong')
    await page.getByLabel('Code').fill(codeNow(secret))
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.waitForURL(`${home}/console/members?q=nobody`)

    await page.goto(`${home}/outbox`)
    await expectSound(page)
    await page.goto(`${home}/sign-in/forgotten`)
    await expectSound(page)
    await page.goto(`${home}/sign-in/new-password/some-token`)
    await expectSound(page)
    expect(complaints).toEqual([])
    await close()
  })
})

test('a passkey is made and lets in; a device that does not ask who holds it does not', async () => {
  const { page, context, complaints, close } = await opened(1440, 'light')
  await join(page, 'bea@example.com')
  const devtools = await context.newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true },
      ...{ isUserVerified: true, automaticPresenceSimulation: true },
    },
  })
  await page.goto(`${home}/console/account`)
  await page.getByRole('button', { name: 'Make a passkey' }).click()
  await page.getByText('It is made.').waitFor()

  await signOut(page)
  await page.goto(`${home}/console/team`)
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await page.waitForURL(`${home}/console/team`)
  const acts = await createClient({ url: home, key: server.key ?? '' }).call('listAudit', {
    query: { act: 'signed-in' },
  })
  expect(acts.entries[0]?.detail).toEqual({ way: 'passkey' })

  await signOut(page)
  await devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false })
  // As a page would ask that somebody else has written: it does not want to know who holds the device.
  const status = await page.evaluate(`(async () => {
    const asked = await (await fetch('/auth/passkey/generate-authenticate-options')).json()
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON({ ...asked, userVerification: 'discouraged' })
    const response = (await navigator.credentials.get({ publicKey })).toJSON()
    const sent = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ response }) }
    return (await fetch('/auth/passkey/verify-authentication', sent)).status
  })()`)
  expect(status).toBe(401)
  expect(complaints).toEqual([])
  await close()
})

test('without script the way in opens all the same, but for the passkey', async () => {
  const { page, context, close } = await opened(1440, 'light', false)
  await page.goto(await invite('cleo@example.com'))
  await page.getByLabel('Your name').fill('Cleo')
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Join' }).click()
  await page.waitForURL(`${home}/console`)
  await context.clearCookies()
  await page.goto(`${home}/sign-in`)
  expect(await page.getByRole('button', { name: 'Sign in with a passkey' }).isVisible()).toBe(false)
  await fillIn(page, 'cleo@example.com')
  await page.waitForURL(`${home}/console`)
  await close()
})

test('the company’s own sign-in is gone to and come back from', async () => {
  const { page, complaints, close } = await opened(1440, 'light')
  await join(page, 'dora@example.com')
  await signOut(page)
  company.who = { sub: 'u-1', email: 'dora@example.com', email_verified: true, name: 'Dora' }
  await page.getByRole('button', { name: 'Sign in with Shop AG' }).click()
  await page.waitForURL(`${home}/console`)
  await page.goto(`${home}/console/account`)
  await page.getByText('You can sign in with Shop AG.').waitFor()
  expect(complaints).toEqual([])
  await close()
})
