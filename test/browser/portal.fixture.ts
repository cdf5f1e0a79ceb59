import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { type Client, createClient } from '@laurel/contract'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { builtFaces } from '../../apps/cli/faces/built-faces.ts'
import { freePort, type ServerProcess, startServer } from '../process/start-server.ts'
import { makeTemporaryFolder } from '../process/temporary-folder.ts'
import { openBrowser } from './open-browser.ts'

// A shop with its portal, and members who come to it in a real browser: each file of tests that imports this has its own.

export const club = { id: 'kettle-club', file: fileURLToPath(new URL('./portal-club.yaml', import.meta.url)) }
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const longName = 'Maximiliane-Theodora von Hohenschwangau-Württemberg zu Überlingen <b>& Söhne</b>'
const folder = makeTemporaryFolder('portal')
let server: ServerProcess
let browser: Browser
export let client: Client
export let home: string

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
export async function buy(...bought: Bought[]): Promise<void> {
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
export async function joined(name: string | null = 'Maren'): Promise<string> {
  const id = `m-${++members}`
  await client.call('createMember', { body: { id, profile: { name, email: `${id}@example.com` } } })
  return id
}

/** With months of purchases behind them: levels, stamps, challenges and pages of history. */
export async function regular(name = longName): Promise<string> {
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

export async function opened({ width = 390, scheme = 'light', language = 'en' }: Look = {}) {
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
export async function codeFor(member: string, sentBefore = 0): Promise<string> {
  const sent = async () => {
    const box = await (await fetch(`${home}/outbox`)).text()
    return box.split('<article>').filter((each) => each.includes(`To ${member}@example.com`))
  }
  await expect.poll(async () => (await sent()).length, { timeout: 10_000 }).toBeGreaterThan(sentBefore)
  return /\d{6}/.exec((await sent())[0] ?? '')?.[0] ?? ''
}

export const at = (path = ''): string => `${home}/portal/${club.id}${path}`

/** By hand, as a member does it; the words are those of the table that is read. */
export async function enter(page: Page, member: string, sentBefore = 0): Promise<void> {
  await page.goto(at())
  await page.locator('#contact').fill(`${member}@example.com`)
  await page.locator('button[type=submit]').click()
  await page.locator('#code').fill(await codeFor(member, sentBefore))
  await page.locator('button[type=submit]').click()
  await page.locator('.face').waitFor()
}

export async function expectSound(page: Page): Promise<void> {
  const { violations } = (await page.evaluate(
    `(() => { const module = undefined; ${axe}; return axe.run({ runOnly: ['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa'] }) })()`,
  )) as { violations: { id: string; nodes: { html: string }[] }[] }
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
  expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBe(0)
}

/** For whoever looks at them as pictures: `PORTAL_PICTURES=folder`. */
export const shoot = async (page: Page, name: string): Promise<void> => {
  const pictures = process.env['PORTAL_PICTURES']
  if (pictures !== undefined) await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true })
}
