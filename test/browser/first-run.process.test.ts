import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from '../process/start-server.ts'
import { makeTemporaryFolder } from '../process/temporary-folder.ts'
import { openBrowser } from './open-browser.ts'
import { expectSound, looks, password } from './open-console.ts'

// From nothing to a shop, as somebody does it who has just typed `npm start`: what the terminal prints, then a browser.

const main = fileURLToPath(new URL('../../apps/cli/main.ts', import.meta.url))
const folder = makeTemporaryFolder('first-run')
let start: Awaited<ReturnType<typeof startLaurel>>
let browser: Browser
/** The owner's, once there is one. */
let session: Awaited<ReturnType<BrowserContext['storageState']>>

async function startLaurel(port: number) {
  const args = [main, 'start', '--data', folder.path, '--port', String(port), '--log', 'error']
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    // Codes for members stand on a page of this machine.
    env: { ...process.env, LAUREL_MAIL: 'box' },
  })
  const gone = once(child, 'exit')
  let said = ''
  const printed = new Promise<string>((resolve) => {
    child.stdout.on('data', (chunk) => {
      said += String(chunk)
      if (said.includes('Laurel is open at')) setImmediate(() => resolve(said))
    })
  })
  const text = await Promise.race([
    printed,
    gone.then(() => {
      throw new Error(`it ended before it was open: ${said}`)
    }),
  ])
  return {
    ...{ text, url: `http://localhost:${port}`, address: /Open your shop: (\S+)/.exec(text)?.[1] ?? '' },
    stop: async () => {
      child.kill('SIGINT')
      await gone
    },
  }
}

beforeAll(async () => {
  browser = await openBrowser()
  start = await startLaurel(await freePort())
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await start?.stop()
  folder.remove()
})

async function opened(width: number, colorScheme: 'light' | 'dark') {
  const context = await browser.newContext({
    ...{ viewport: { width, height: 900 }, colorScheme, reducedMotion: 'reduce' },
    ...{ locale: 'de-AT', timezoneId: 'Europe/Vienna' },
  })
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  return { page, context, complaints }
}

/** Does what a person does, and counts it: the whole way, over all tests. */
const { done, click, type } = counting()

function counting() {
  const done = { clicks: 0, typed: 0 }
  return {
    done,
    click: async (what: Locator) => {
      done.clicks += 1
      await what.click()
    },
    type: async (what: Locator, text: string) => {
      done.typed += 1
      await what.fill(text)
    },
  }
}

const openShop = (page: Page) => page.getByRole('button', { name: 'Open the shop' })

test('one address is printed, and what is behind it is told nobody without its token', async () => {
  expect(start.text.match(/https?:\S+\/console\/first-run#\S+/g)).toHaveLength(1)
  expect(start.address).toMatch(/#[A-Za-z0-9_-]{43}$/)
  const { page, context } = await opened(390, 'light')
  for (const wrong of ['', '#', `#${'A'.repeat(43)}`]) {
    await page.goto('about:blank')
    await page.goto(`${start.url}/console/first-run${wrong}`)
    await page.getByText('This address works no more.').waitFor()
    await expectSound(page)
  }
  await context.close()
})

test.each(looks)(
  '%i wide, %s: what is missing is named beside its field, and nothing typed is lost',
  async (width, scheme) => {
    const { page, context, complaints } = await opened(width, scheme)
    await page.goto(start.address)
    await page.getByText('Ten loaves, and the next is on the house.').waitFor()
    await expectSound(page)
    expect(await page.getByLabel('Currency').inputValue()).toBe('EUR')
    expect(await page.getByLabel('Time zone').inputValue()).toBe('Europe/Vienna')
    await page.getByRole('button', { name: /^Show all \d+/ }).click()
    expect(await page.getByRole('radio', { name: /./ }).count()).toBeGreaterThan(25)
    await page.getByLabel('E-mail').fill('zoe')
    await page.getByLabel('Password', { exact: true }).fill('too short')
    await page.getByRole('radio', { name: 'Yellow' }).check()
    await page.getByText('Black is written on it').waitFor()
    await page.getByText('darkened to').waitFor()
    await openShop(page).click()
    for (const text of ['Choose one of them.', 'Say how your shop is called.', 'Say what you are called.']) {
      await page.getByText(text).waitFor()
    }
    await page.getByText('Write your e-mail address.').waitFor()
    await expectSound(page)
    expect(await page.getByLabel('E-mail').inputValue()).toBe('zoe')
    expect(complaints).toEqual([])
    await context.close()
  },
)

test('a café’s stamp program is live and its owner signed in, in few steps; then the address opens nothing', async () => {
  const { page, context, complaints } = await opened(390, 'light')
  await page.goto(start.address)
  await click(page.getByRole('radio', { name: 'Punch Card' }))
  await type(page.getByLabel('Name', { exact: true }), 'Café Zoë')
  await click(page.getByRole('radio', { name: 'Rose' }))
  await type(page.getByLabel('Your name'), 'Zoë')
  await type(page.getByLabel('E-mail'), 'zoe@example.com')
  await type(page.getByLabel('Password', { exact: true }), password)
  await click(openShop(page))
  await page.getByRole('heading', { level: 1, name: 'Café Zoë is open' }).waitFor()
  await page.getByText('you are signed in').waitFor()
  await expectSound(page)
  await click(page.getByRole('link', { name: 'Go to the console' }))
  await page.getByText('Café Zoë runs by version 1.').waitFor()
  await page.getByText('What to do next').waitFor()
  expect(done).toEqual({ clicks: 4, typed: 4 })
  expect(complaints).toEqual([])

  await page.goto('about:blank')
  await page.goto(start.address)
  await page.getByText('A shop is open here already.').waitFor()
  await expectSound(page)
  session = await context.storageState()
  await context.close()

  for (const [width, colorScheme] of looks) {
    const looking = await browser.newContext({
      viewport: { width, height: 900 },
      colorScheme,
      reducedMotion: 'reduce',
      storageState: session,
    })
    const home = await looking.newPage()
    await home.goto(`${new URL(start.address).origin}/console`)
    await home.getByRole('link', { name: 'Put your logo on it' }).waitFor()
    await expectSound(home)
    await looking.close()
  }
})

test('a member is registered, comes in, gets what ten stamps give and uses it: the whole way in 25 clicks and 12 fields', async () => {
  const home = new URL(start.address).origin
  const owner = await browser.newContext({
    viewport: { width: 390, height: 900 },
    reducedMotion: 'reduce',
    storageState: session,
  })
  const console = await owner.newPage()
  await console.goto(`${home}/console`)
  await click(console.getByRole('link', { name: 'Members', exact: true }))
  await click(console.getByRole('button', { name: 'New member' }))
  await console.getByRole('button', { name: 'Register' }).focus()
  await console.keyboard.press('Enter')
  await console.getByText('Say a name, an e-mail address or a phone number.').waitFor()
  await expectSound(console)
  await type(console.getByLabel('Name'), 'Maren')
  await type(console.getByLabel('E-mail'), 'maren@example.com')
  await click(console.getByRole('button', { name: 'Register' }))
  await console.getByRole('heading', { level: 1, name: 'Maren' }).waitFor()
  const member = new URL(console.url()).pathname.split('/').at(-1) ?? ''

  const hers = await browser.newContext({
    viewport: { width: 390, height: 900 },
    reducedMotion: 'reduce',
    locale: 'en-GB',
  })
  const portal = await hers.newPage()
  await portal.goto(`${home}/portal/cafe-zoe`)
  await type(portal.getByLabel('E-mail or phone'), 'maren@example.com')
  await click(portal.getByRole('button', { name: 'Send me a code' }))
  const code = async () => /\d{6}/.exec((await (await fetch(`${home}/outbox`)).text()).split('maren@')[1] ?? '')?.[0]
  await expect.poll(code).toBeDefined()
  await type(portal.getByLabel('Code'), (await code()) ?? '')
  await click(portal.getByRole('button', { name: 'Sign in', exact: true }))
  await portal.getByRole('link', { name: 'Rewards' }).waitFor()

  // What a till sends of ten loaves. There is none yet; ten clicks and three fields are left for it.
  const order = {
    ...{ type: 'order.paid', id: 'sale-1', source: 'till', member, occurredAt: new Date().toISOString() },
    order: {
      ...{ id: 'sale-1', currency: 'EUR' },
      lines: [{ id: '1', sku: 'LOAF', quantity: 10, total: 4500, categories: ['bread'] }],
    },
  }
  const sold = (await console.evaluate(`(async () => {
    const headers = { 'content-type': 'application/json' }
    const sent = { method: 'POST', headers, body: ${JSON.stringify(JSON.stringify(order))} }
    return await (await fetch('/v1/events', sent)).json()
  })()`)) as { status: string }
  expect(sold.status).toBe('recorded')

  await portal.reload()
  await click(portal.getByRole('link', { name: 'Rewards' }))
  await click(portal.getByRole('button', { name: 'Show the code' }))
  const shown = (await portal.locator('.code bdi').textContent()) ?? ''
  await click(console.getByRole('button', { name: 'More' }))
  await click(console.getByRole('link', { name: 'Rewards' }))
  await type(console.getByLabel('Code'), shown)
  await click(console.getByRole('button', { name: 'Look', exact: true }))
  await console.getByText('A loaf on the house, open.').waitFor()
  await click(console.getByRole('button', { name: 'Use it now' }))
  await console.getByText('It is used.').waitFor()
  expect(done).toEqual({ clicks: 15, typed: 9 })
  await owner.close()
  await hers.close()
})

test('started again, it prints no such address, and the shop is as it was', async () => {
  await start.stop()
  start = await startLaurel(await freePort())
  expect(start.text).not.toContain('Open your shop')
  const { page, context } = await opened(1440, 'light')
  await page.goto(`${start.url}/console/settings`)
  await page.getByLabel('E-mail').fill('zoe@example.com')
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page
    .getByText('#b03060')
    .first()
    .or(page.getByRole('heading', { name: 'Settings' }))
    .first()
    .waitFor()
  expect(await page.getByLabel('Name of the shop').inputValue()).toBe('Café Zoë')
  expect(await page.getByRole('radio', { name: 'Rose' }).isChecked()).toBe(true)
  await context.close()
})
