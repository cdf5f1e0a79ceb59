import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { type Client, createClient } from '@laurel/contract'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { builtFaces } from '../../apps/cli/faces/built-faces.ts'
import { freePort, type ServerProcess, startServer } from '../process/start-server.ts'
import { makeTemporaryFolder } from '../process/temporary-folder.ts'
import { openBrowser } from './open-browser.ts'

// The portal of members in a real browser, as it is built and served: at a phone's and a desk's width, light and dark, in five
// languages.

const club = { id: 'kettle-club', file: fileURLToPath(new URL('./portal-club.yaml', import.meta.url)) }
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const longName = 'Maximiliane-Theodora von Hohenschwangau-Württemberg zu Überlingen <b>& Söhne</b>'
const folder = makeTemporaryFolder('portal')
let server: ServerProcess
let browser: Browser
let client: Client
let home: string

beforeAll(async () => {
  const faces = await builtFaces(() => undefined)
  const port = await freePort()
  const environment = { LAUREL_MAIL: 'box', LAUREL_TRUST_PROXY: 'true' }
  server = await startServer({ folder: folder.path, port, logLevel: 'error', program: club, faces, environment })
  home = `http://localhost:${port}`
  client = createClient({ url: server.url, key: server.key ?? '' })
  browser = await openBrowser()
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await server?.stop()
  folder.remove()
})

const dayMs = 86_400_000
interface Bought {
  readonly member: string
  readonly daysAgo: number
  readonly total: number
  readonly category?: string
}

let orders = 0
async function buy(...bought: Bought[]): Promise<void> {
  const body = bought.map(({ member, daysAgo, total, category = 'coffee' }) => ({
    ...{ type: 'order.paid', id: `e${++orders}`, source: 'till', member },
    occurredAt: new Date(Date.now() - daysAgo * dayMs).toISOString(),
    order: {
      id: `o${orders}`,
      currency: 'EUR',
      lines: [{ id: '1', sku: 'X', quantity: 1, total, categories: [category] }],
    },
  }))
  const response = await fetch(`${server.url}/v1/events?history=true`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  expect(response.status).toBe(200)
}

let members = 0
/** A member of its own whom the shop knows by an address. */
async function joined(name: string | null = 'Maren'): Promise<string> {
  const id = `m-${++members}`
  await client.call('createMember', { body: { id, profile: { name, email: `${id}@example.com` } } })
  return id
}

/** With months of purchases behind them: levels, stamps, challenges and pages of history. */
async function regular(name = longName): Promise<string> {
  const member = await joined(name)
  await buy(
    ...Array.from({ length: 27 }, (_, index) => ({ member, daysAgo: 270 - index * 10, total: 450 + index * 25 })),
    { member, daysAgo: 0, total: 950, category: 'bakery' },
  )
  return member
}

interface Look {
  readonly width?: number
  readonly scheme?: 'light' | 'dark'
  readonly language?: string
}

let visitors = 0

async function opened({ width = 390, scheme = 'light', language = 'en' }: Look = {}) {
  const context = await browser.newContext({
    ...{ viewport: { width, height: 844 }, colorScheme: scheme, locale: language },
    // Each from an address of its own, as people are: the limits on one are not met by all.
    extraHTTPHeaders: { 'x-forwarded-for': `2001:db8:${(++visitors).toString(16)}::1` },
    // What fades in could be measured half way.
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  // What the policy of the page refuses is told here, whether the console shows it or not.
  await page.addInitScript(
    `document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      console.error('refused: ' + violatedDirective + ' ' + blockedURI)
    })`,
  )
  return { page, context, complaints, close: () => context.close() }
}

/** The latest code that was sent, once it was: it leaves after the answer. */
async function codeFor(member: string, sentBefore = 0): Promise<string> {
  const sent = async () => {
    const box = await (await fetch(`${home}/outbox`)).text()
    return box.split('<article>').filter((each) => each.includes(`To ${member}@example.com`))
  }
  await expect.poll(async () => (await sent()).length, { timeout: 10_000 }).toBeGreaterThan(sentBefore)
  return /\d{6}/.exec((await sent())[0] ?? '')?.[0] ?? ''
}

const at = (path = ''): string => `${home}/portal/${club.id}${path}`

/** By hand, as a member does it; the words are those of the table that is read. */
async function enter(page: Page, member: string, sentBefore = 0): Promise<void> {
  await page.goto(at())
  await page.locator('#contact').fill(`${member}@example.com`)
  await page.locator('button[type=submit]').click()
  await page.locator('#code').fill(await codeFor(member, sentBefore))
  await page.locator('button[type=submit]').click()
  await page.locator('.face').waitFor()
}

async function expectSound(page: Page): Promise<void> {
  const { violations } = (await page.evaluate(
    `(() => { const module = undefined; ${axe}; return axe.run({ runOnly: ['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa'] }) })()`,
  )) as { violations: { id: string; nodes: { html: string }[] }[] }
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
  expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBe(0)
}

/** For whoever looks at them as pictures: `PORTAL_PICTURES=folder`. */
const shoot = async (page: Page, name: string): Promise<void> => {
  const pictures = process.env['PORTAL_PICTURES']
  if (pictures !== undefined) await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true })
}

const looks = [390, 1440].flatMap((width) => (['light', 'dark'] as const).map((scheme) => ({ width, scheme })))

describe.each(looks)('$width wide, $scheme', (look) => {
  const named = (page: string) => `${look.width}-${look.scheme}-${page}`

  test('a member comes in with a code and finds card, rewards and history; axe finds nothing', async () => {
    const member = await regular()
    const { page, complaints, close } = await opened(look)
    await page.goto(at())
    await page.getByText('Welcome to Kettle Club').waitFor()
    await expectSound(page)
    await shoot(page, named('door'))
    await page.getByLabel('E-mail or phone').fill(`${member}@example.com`)
    await page.getByRole('button', { name: 'Send me a code' }).click()
    await page.getByText('six digits are on their way').waitFor()
    await expectSound(page)
    await page.getByLabel('Code').fill(await codeFor(member))
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await page.getByText('What lapses, and when').waitFor()
    await page.getByText('Silver', { exact: true }).first().waitFor()
    await page.getByText(/reach Gold/).waitFor()
    await expectSound(page)
    await shoot(page, named('card'))

    await page.getByRole('link', { name: 'Rewards' }).click()
    await page.getByRole('heading', { name: 'Any hot drink' }).waitFor()
    await expectSound(page)
    await shoot(page, named('rewards'))

    await page.getByRole('link', { name: 'History' }).click()
    await page
      .getByRole('button', { name: /^Earned.*19 beans/ })
      .first()
      .click()
    await page.getByText('2 beans for every €1 you spend.').waitFor()
    await page.getByRole('button', { name: 'Earlier' }).click()
    await expectSound(page)
    await shoot(page, named('history'))

    await page.getByRole('link', { name: 'You' }).click()
    await page.getByText('Where you are signed in').waitFor()
    await expectSound(page)
    await shoot(page, named('me'))
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByText('Welcome to Kettle Club').waitFor()
    // Nothing of anybody is left on the device.
    expect(await page.evaluate('JSON.stringify(localStorage)')).not.toMatch(/Maximiliane|beans/)
    expect(complaints).toEqual([])
    await close()
  })

  test('who has nothing yet is told how it begins', async () => {
    const member = await joined(null)
    const { page, complaints, close } = await opened(look)
    await enter(page, member)
    await expectSound(page)
    await shoot(page, named('card-empty'))
    await page.getByRole('link', { name: 'History' }).click()
    await page.getByText('Everything that you earn and spend will stand here.').waitFor()
    await expectSound(page)
    await page.getByRole('link', { name: 'Rewards' }).click()
    await page.getByText('What you redeem will stand here with its code.').waitFor()
    await shoot(page, named('rewards-empty'))
    await page.goto(at('/nowhere'))
    await page.getByText('There is nothing here').waitFor()
    await expectSound(page)
    expect(complaints).toEqual([])
    await close()
  })
})

describe.each([
  ['tr', 'Neden?', 'Harcadığın her €1 için 2 çekirdek.'],
  ['de', 'Warum?', 'Bohne'],
  ['es', '¿Por qué?', 'granos'],
  ['ar', 'لماذا؟', 'حب'],
])('in %s', (language, why, sentence) => {
  test.each(looks.filter(({ scheme, width }) => (scheme === 'light') === (width === 390)))(
    'every page is read in it, at $width, $scheme',
    async (look) => {
      const member = await regular()
      const { page, complaints, close } = await opened({ ...look, language })
      await enter(page, member)
      expect(await page.evaluate('document.documentElement.lang')).toBe(language)
      expect(await page.evaluate('document.documentElement.dir')).toBe(language === 'ar' ? 'rtl' : 'ltr')
      await expectSound(page)
      await shoot(page, `${language}-${look.width}-card`)
      for (const path of ['/rewards', '/history', '/me']) {
        await page.locator(`a.tab[href$="${path}"]`).click()
        await page.locator('h1').waitFor()
        if (path === '/history') {
          await page.locator('.line', { hasText: why }).first().click()
          await page.locator('.why', { hasText: sentence }).first().waitFor()
        } else
          await page
            .locator(path === '/me' ? 'select' : '.reward')
            .first()
            .waitFor()
        await expectSound(page)
        await shoot(page, `${language}-${look.width}-${path.slice(1)}`)
      }
      expect(complaints).toEqual([])
      await close()
    },
  )
})

test('a language and a look are chosen, and stay', async () => {
  const { page, complaints, close } = await opened()
  await enter(page, await joined())
  await page.getByRole('link', { name: 'You' }).click()
  await page.getByLabel('Light or dark').selectOption('dark')
  expect(await page.evaluate('getComputedStyle(document.documentElement).colorScheme')).toBe('dark')
  await page.getByLabel('Language').selectOption('de')
  await page.getByRole('heading', { name: 'Aussehen' }).waitFor()
  await page.reload()
  await page.getByRole('heading', { name: 'Aussehen' }).waitFor()
  expect(await page.evaluate('getComputedStyle(document.documentElement).colorScheme')).toBe('dark')
  expect(complaints).toEqual([])
  await close()
})

test('a reward is redeemed once, and its voucher shows the code that the till knows', async () => {
  const member = await joined()
  await buy({ member, daysAgo: 1, total: 9400 })
  const { page, complaints, close } = await opened()
  await enter(page, member)
  await page.getByRole('link', { name: 'Rewards' }).click()
  await page.getByRole('button', { name: 'Redeem for 100 beans' }).click()
  await shoot(page, 'sure')
  await page.getByRole('button', { name: 'Not now' }).click()
  await page.getByRole('button', { name: 'Redeem for 100 beans' }).click()
  await page.getByRole('button', { name: 'Yes, redeem' }).dblclick()
  await page.getByText('Any hot drink is yours.').waitFor()
  // What is near says how far, and what is far says nothing of it.
  await page.getByText('12 beans to go').waitFor()
  await page.getByRole('button', { name: 'Show the code' }).click()
  const code = (await page.locator('.code bdi').textContent()) ?? ''
  await expectSound(page)
  await shoot(page, 'redeemed')
  expect(await client.call('lookUpCode', { body: { code } })).toMatchObject({ member })
  const { balances } = await client.call('readMember', { path: { member } })
  expect(balances).toMatchObject([{ asset: 'beans', active: 88 }, {}])
  expect(complaints).toEqual([])
  await close()
})

test('a seat is booked, a full session leads to the line, and a gift to a cause is thanked for', async () => {
  const [first, second] = [await joined('Maren'), await joined('Ilse')]
  await buy({ member: first, daysAgo: 1, total: 9000 }, { member: second, daysAgo: 1, total: 9000 })
  const { page, complaints, close } = await opened()
  await enter(page, first)
  await page.getByRole('link', { name: 'Rewards' }).click()
  await page.getByRole('button', { name: 'Book for 50 beans' }).first().click()
  await page.getByRole('button', { name: 'Yes, redeem' }).click()
  await page.getByRole('status').getByText('Your seat is booked.').waitFor()
  await page.getByRole('button', { name: 'Give 20 beans' }).click()
  await page.getByRole('button', { name: 'Yes, redeem' }).click()
  await page.getByText('It goes to Hill growers.').waitFor()
  await close()
  const other = await opened()
  await enter(other.page, second)
  await other.page.getByRole('link', { name: 'Rewards' }).click()
  await other.page.getByRole('button', { name: 'Wait for a seat' }).click()
  await other.page.getByRole('group').getByRole('button', { name: 'Wait for a seat' }).click()
  await other.page.getByText('You are number 1 in line.').waitFor()
  await expectSound(other.page)
  await shoot(other.page, 'line')
  expect([...complaints, ...other.complaints]).toEqual([])
  await other.close()
})

test('a member comes in with a passkey, which opens nothing of the staff', async () => {
  const { page, context, close } = await opened()
  const devtools = await context.newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true },
      ...{ isUserVerified: true, automaticPresenceSimulation: true },
    },
  })
  await enter(page, await joined('Maren'))
  await page.getByRole('link', { name: 'You' }).click()
  await page.getByRole('button', { name: 'Make a passkey of this device' }).click()
  await page.getByText('From now on this device lets you in.').waitFor()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await page.getByRole('heading', { name: 'Maren' }).waitFor()
  // The same passkey at the door of the staff.
  await page.goto(`${home}/sign-in`)
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await page.getByText('It did not work').waitFor()
  await close()
})

test('the card shows a code that a till can take once, and that changes', async () => {
  const member = await joined()
  const { page, complaints, close } = await opened()
  await enter(page, member)
  const made = page.waitForResponse((answer) => answer.url().endsWith('/v1/self/card-code'))
  await page.getByRole('button', { name: 'Show my code' }).click()
  const { code } = await (await made).json()
  await page.getByRole('img', { name: 'Your code for the till' }).waitFor()
  await expectSound(page)
  await shoot(page, 'code')
  const scan = (idempotencyKey: string) => client.call('scanCard', { body: { code }, idempotencyKey })
  expect(await scan('till-1')).toMatchObject({ member, name: 'Maren' })
  await expect(scan('till-2')).rejects.toMatchObject({ body: { code: 'card-code-used' } })
  // Drawn anew before its end: the squares are others.
  const squares = () => page.locator('.qr path').getAttribute('d')
  const before = await squares()
  await page.getByRole('button', { name: 'Hide the code' }).click()
  await page.getByRole('button', { name: 'Show my code' }).click()
  await expect.poll(squares).not.toBe(before)
  expect(complaints).toEqual([])
  await close()
})

test('what is one’s own is changed, taken along and, where one asks for it, forgotten', async () => {
  const member = await joined()
  await buy({ member, daysAgo: 1, total: 6000 })
  const { page, complaints, close } = await opened()
  await enter(page, member)
  await page.getByRole('link', { name: 'Rewards' }).click()
  await page.getByRole('button', { name: 'Give 20 beans' }).click()
  await page.getByRole('button', { name: 'Yes, redeem' }).click()
  await page.getByText('It goes to Hill growers.').waitFor()
  await page.getByRole('link', { name: 'You' }).click()
  await page.getByText('€0.60 to Hill growers').waitFor()
  await page.getByText('Whoever joins with your code comes as your friend.').waitFor()
  await page.getByLabel('Name').fill('Maren Ødegård')
  await page.getByLabel('Month').selectOption('February')
  await page.getByLabel('Day').selectOption('29')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('It is saved.').waitFor()
  await page.getByRole('heading', { level: 1, name: 'Maren Ødegård' }).waitFor()
  await expectSound(page)
  await shoot(page, 'me-whole')
  expect((await client.call('readMember', { path: { member } })).profile).toMatchObject({ birthday: '02-29' })
  const loading = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Take everything along' }).click()
  const file = readFileSync(await (await loading).path(), 'utf8')
  expect(file).toContain('Maren Ødegård')
  await page.getByRole('button', { name: 'Forget me', exact: true }).click()
  await expectSound(page)
  await page.getByRole('button', { name: 'Yes, forget me' }).click()
  await page.getByText('Welcome to Kettle Club').waitFor()
  expect(await page.evaluate('JSON.stringify(localStorage)')).not.toContain('Maren')
  await expect(client.call('readMember', { path: { member } })).rejects.toMatchObject({
    body: { code: 'unknown-member' },
  })
  expect(complaints).toEqual([])
  await close()
})

test('without a line the last known card is shown with when it was, and nothing is blocked', async () => {
  const member = await joined('Maren')
  await buy({ member, daysAgo: 1, total: 6000 })
  const { page, context, close } = await opened()
  await enter(page, member)
  await page.getByRole('link', { name: 'Rewards' }).click()
  await page.getByRole('heading', { name: 'Any hot drink' }).waitFor()
  await page.evaluate('navigator.serviceWorker.ready')
  await expect
    .poll(() => page.evaluate(`caches.open('portal-files').then((files) => files.keys()).then((keys) => keys.length)`))
    .toBeGreaterThanOrEqual(3)
  await context.setOffline(true)
  await page.reload()
  await page.getByText('No line to the shop. This is how it stood on').waitFor()
  await page.getByRole('heading', { name: 'Any hot drink' }).waitFor()
  await page.getByRole('button', { name: 'Redeem for 100 beans' }).click()
  await page.getByRole('button', { name: 'Yes, redeem' }).click()
  await page.getByRole('alert').getByText('The shop cannot be reached').waitFor()
  await page.getByRole('link', { name: 'Card' }).click()
  await page.getByText('120').first().waitFor()
  await expectSound(page)
  await shoot(page, 'without-line')
  await page.getByRole('button', { name: 'Show my code' }).click()
  await page.getByText('There is no code without a line.').waitFor()
  await context.setOffline(false)
  await page.reload()
  await page.locator('.face').waitFor()
  await expect.poll(() => page.locator('.stale').count()).toBe(0)
  // What was wished without a line has not happened: nothing was taken.
  const { balances } = await client.call('readMember', { path: { member } })
  expect(balances).toMatchObject([{ active: 120 }, {}])
  await close()
})

test('it stands among the apps of a phone under the shop’s name, and wears the shop’s colour', async () => {
  await client.call('changeSettings', { body: { colour: '#f2c230' } })
  const { page, complaints, close } = await opened({ scheme: 'dark' })
  await enter(page, await joined('Maren'))
  expect(await page.evaluate(`getComputedStyle(document.querySelector('.face')).backgroundColor`)).toBe(
    'rgb(242, 194, 48)',
  )
  await expectSound(page)
  await shoot(page, 'brand')
  const manifest: { icons: { src: string }[] } = JSON.parse(await (await fetch(at('/manifest.webmanifest'))).text())
  expect(manifest).toMatchObject({ name: 'Kettle Club', start_url: `/portal/${club.id}`, theme_color: '#f2c230' })
  for (const { src } of manifest.icons) {
    const icon = await fetch(`${home}${src}`)
    expect([icon.status, icon.headers.get('content-type')]).toEqual([200, 'image/png'])
  }
  expect(await page.locator('link[rel=manifest]').getAttribute('href')).toBe(`/portal/${club.id}/manifest.webmanifest`)
  await client.call('changeSettings', { body: { colour: '#1b6b49' } })
  expect(complaints).toEqual([])
  await close()
})

describe('what goes wrong', () => {
  test('a wrong code is said to be one, and nothing typed is lost', async () => {
    const { page, close } = await opened()
    const member = await joined()
    await page.goto(at())
    await page.getByRole('button', { name: 'Send me a code' }).click()
    await page.getByText('Nothing is typed yet.').waitFor()
    await page.getByLabel('E-mail or phone').fill(`${member}@example.com`)
    await page.getByRole('button', { name: 'Send me a code' }).click()
    const wrong = (await codeFor(member)) === '000000' ? '111111' : '000000'
    await page.getByLabel('Code').fill(wrong)
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await page.getByText('The code is wrong or too old.').waitFor()
    expect(await page.getByLabel('Code').inputValue()).toBe(wrong)
    await expectSound(page)
    await close()
  })

  test('a shop that is not there has no door', async () => {
    const { page, close } = await opened()
    for (const path of ['/portal/nowhere', '/portal', '/portal/No_shop']) {
      await page.goto(`${home}${path}`)
      await page.getByText('No shop is at this address').waitFor()
    }
    await expectSound(page)
    await shoot(page, 'nowhere')
    await close()
  })

  test('a session that was ended elsewhere leads to the door', async () => {
    const member = await joined()
    const [here, there] = [await opened(), await opened()]
    await enter(here.page, member)
    await enter(there.page, member, 1)
    await there.page.getByRole('link', { name: 'You' }).click()
    await there.page.getByRole('button', { name: 'End it' }).click()
    await there.page.getByText('It is ended.').waitFor()
    await here.page.getByRole('link', { name: 'Rewards' }).click()
    await here.page.reload()
    await here.page.getByText('Welcome to Kettle Club').waitFor()
    await here.close()
    await there.close()
  })
})

test('the first load is small, holds no engine and no schemas, and allows no script or style of its own', async () => {
  const response = await fetch(at(), { headers: { accept: 'text/html' } })
  const policy = response.headers.get('content-security-policy') ?? ''
  expect(policy).toContain(`script-src 'self';`)
  expect(policy).not.toContain('unsafe')
  const { page, complaints, close } = await opened()
  let bytes = 0
  const seen = new Set<string>()
  const texts: string[] = []
  page.on('response', async (answer) => {
    const { pathname } = new URL(answer.url())
    if (!pathname.startsWith('/portal/assets/') || seen.has(pathname)) return
    seen.add(pathname)
    const packed = await fetch(answer.url(), { headers: { 'accept-encoding': 'br' } })
    bytes += Number(packed.headers.get('content-length') ?? 0)
    texts.push(await packed.text())
  })
  await page.goto(at())
  await page.getByText('Welcome to Kettle Club').waitFor()
  await expect.poll(() => texts.length).toBeGreaterThanOrEqual(3)
  expect(bytes).toBeGreaterThan(50_000)
  expect(bytes).toBeLessThan(150_000)
  expect(texts.join('')).not.toMatch(/ZodError|claw_back|compileProgram/)
  expect(complaints).toEqual([])
  await close()
})
