import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { type Client, createClient } from '@laurel/contract'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { freePort, type ServerProcess, startServer } from '../process/start-server.ts'
import { makeTemporaryFolder } from '../process/temporary-folder.ts'
import { openBrowser } from './open-browser.ts'

// The pages of the server in a real browser: at a phone's and a desk's width, light and dark, with and without script.

const glowClub = {
  id: 'glow-club',
  file: fileURLToPath(new URL('../../programs/glow-club/program.yaml', import.meta.url)),
}
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const widths = [390, 1440] as const
const schemes = ['light', 'dark'] as const

const folder = makeTemporaryFolder('browser')
let server: ServerProcess
let browser: Browser

beforeAll(async () => {
  server = await startServer({ folder: folder.path, port: await freePort(), logLevel: 'error', program: glowClub })
  const client = createClient({ url: server.url, key: server.key ?? '' })
  await fill(client)
  await correct(client)
  browser = await openBrowser()
})

afterAll(async () => {
  await browser?.close()
  await server?.stop()
  folder.remove()
})

const longName = 'Maximiliane-Theodora von Hohenschwangau-Württemberg zu Überlingen <b>& Söhne</b>'

/** As much as one line of the books may say. */
const mostUnits = 1_000_000_000_000

/** As other systems make them. */
const anyId = '8f14e45f-ceea-467f-a0e6-0c5b1d5c8f10'
const longAddress = 'jonas.ek-from-the-other-shop@a-company.example'

/** As nobody is called, and as somebody will type. */
const oneWord = 'Ada'.padEnd(140, 'ma')

/** A member with all there is to see, one with nothing, and orders over two years. */
async function fill(client: Client): Promise<void> {
  await client.call('createMember', { body: { id: 'm-full', profile: { name: longName, email: 'max@example.com' } } })
  await client.call('createMember', { body: { id: 'm-rich' } })
  await client.call('createMember', { body: { id: 'm-empty', profile: { name: oneWord } } })
  for (const [amount, asset] of [
    [mostUnits, 'points'],
    [mostUnits, 'points'],
    [-mostUnits, 'points'],
    [mostUnits, 'status'],
  ] as const) {
    const idempotencyKey = `${asset}-${++adjustments}`
    const body = { asset, amount, reason: 'test' }
    await client.call('adjustPoints', { path: { member: 'm-rich' }, body, idempotencyKey })
  }
  await client.call('createMember', { body: { id: anyId, profile: { name: 'Jonas Ek', email: longAddress } } })
  const events = [
    ...Array.from({ length: 22 }, (_, index) => orderPaid('m-full', index, monthsAgo(22 - index))),
    orderPaid(anyId, 22, monthsAgo(0)),
  ]
  const response = await fetch(`${server.url}/v1/events?history=true`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.key}`, 'content-type': 'application/json' },
    body: JSON.stringify(events),
  })
  expect(response.status).toBe(200)
}

let adjustments = 0

const orderPaid = (member: string, number: number, occurredAt: string) => ({
  ...{ type: 'order.paid', id: `e${number}`, source: 'web', member, occurredAt },
  order: {
    id: `o${number}`,
    currency: 'USD',
    lines: [
      { id: '1', sku: 'SERUM', quantity: 1 + (number % 3), total: 4900 + number * 100, categories: ['skincare'] },
    ],
  },
})

const monthsAgo = (months: number) => new Date(Date.now() - months * 30 * 86_400_000 - 3_600_000).toISOString()

/** A correction from a day on which only the last order counts, approved and posted. */
async function correct(client: Client): Promise<void> {
  const dear = readFileSync(glowClub.file, 'utf8')
    .replace('inForce: { from: always }\n', '')
    .replace('give: 1 points', 'give: 2 points')
  const { version } = await client.call('publishProgram', { body: dear })
  const from = monthsAgo(0).slice(0, 10)
  const body = { version, from, reason: 'wrong-rate' }
  const { id } = await client.call('startCorrection', { body, idempotencyKey: 'wrong-rate' })
  const path = { correction: id }
  const becomes = async (status: string) =>
    await vi.waitFor(async () => expect((await client.call('readCorrection', { path })).status).toBe(status), 20_000)
  await becomes('shown')
  await client.call('approveCorrection', { path })
  await becomes('done')
}

/** A page that keeps what the browser complains about. */
async function opened(width: number, colorScheme: (typeof schemes)[number], javaScriptEnabled = true) {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme,
    javaScriptEnabled,
    // The page's own policy allows no script: the test's axe comes in beside it.
    bypassCSP: false,
  })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    // A wrong key is answered with 401, which the browser notes.
    if (message.type() === 'error' && !message.text().includes('401')) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  return { page, complaints, close: () => context.close() }
}

async function signIn(page: Page, key: string): Promise<void> {
  await page.goto(server.url)
  await page.getByLabel('Key').fill(key)
  await page.getByRole('button', { name: 'Show members' }).click()
}

async function expectSound(page: Page): Promise<void> {
  const { violations } = (await page.evaluate(
    `(() => { const module = undefined; ${axe}; return axe.run({ runOnly: ['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa'] }) })()`,
  )) as { violations: { id: string; nodes: { html: string }[] }[] }
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
  const sideways = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
  expect(sideways).toBe(0)
}

interface Cell {
  readonly text: string
  readonly sides: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number }
}

/** Every cell of the ledger and of its Why: nothing is wider than its cell or outside the card, and no two lie on each other. */
async function expectNothingOverlaps(page: Page): Promise<void> {
  const { wide, outside, cells } = (await page.evaluate(`(() => {
    const cells = [...document.querySelectorAll('.ledger td')].filter((cell) => cell.getClientRects().length > 0)
    const card = document.querySelector('.ledger').parentElement.getBoundingClientRect()
    const sidesOf = (cell) => {
      // What is printed, which may reach beyond the cell.
      const range = document.createRange()
      range.selectNodeContents(cell)
      const { left, right, top, bottom } = range.getBoundingClientRect()
      return { left, right, top, bottom }
    }
    const inTiles = [...document.querySelectorAll('.tile p, .lots li > span')].filter((part) => {
      const { left, right } = part.closest('.tile, .lots').getBoundingClientRect()
      const sides = sidesOf(part)
      return sides.left < left - 1 || sides.right > right + 1
    })
    const isOut = ({ left, right }) => left < card.left - 1 || right > card.right + 1
    return {
      wide: cells.filter((cell) => cell.scrollWidth > cell.clientWidth + 1).map((cell) => cell.textContent),
      outside: [...inTiles, ...cells.filter((cell) => isOut(sidesOf(cell)))].map((part) => part.textContent),
      cells: cells
        .filter((cell) => cell.querySelector('table') === null && cell.textContent.trim() !== '')
        .map((cell) => ({ text: cell.textContent, sides: sidesOf(cell) })),
    }
  })()`)) as { wide: string[]; outside: string[]; cells: Cell[] }
  expect(wide).toEqual([])
  expect(outside).toEqual([])
  expect(cells.length).toBeGreaterThan(0)
  const overlapping = cells.flatMap((one, index) =>
    cells.slice(index + 1).flatMap((other) => (lieOnEachOther(one, other) ? [[one.text, other.text]] : [])),
  )
  expect(overlapping).toEqual([])
}

/** What is shorter than a line of a phone is never broken inside a word, but behind a hyphen and before a domain. */
async function expectWordsWhole(page: Page): Promise<void> {
  const { count, broken } = (await page.evaluate(`(() => {
    const words = [...document.querySelectorAll('.sheet td, .sheet th')].flatMap((cell) => {
      const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT)
      const found = []
      while (texts.nextNode()) {
        for (const { 0: word, index } of texts.currentNode.data.matchAll(/[^\\s-]+-?/g)) {
          const range = document.createRange()
          range.setStart(texts.currentNode, index)
          range.setEnd(texts.currentNode, index + word.length)
          found.push({ word, lines: new Set([...range.getClientRects()].map(({ top }) => top)).size })
        }
      }
      return found
    })
    const broken = words.filter(({ word, lines }) => lines > 1 && word.length < 40).map(({ word }) => word)
    return { count: words.length, broken }
  })()`)) as { count: number; broken: string[] }
  expect(broken).toEqual([])
  expect(count).toBeGreaterThan(5)
}

const lieOnEachOther = ({ sides: a }: Cell, { sides: b }: Cell): boolean =>
  Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1

describe.each(widths)('at a width of %i', (width) => {
  test.each(schemes)('a Why with a long condition is read without anything cut or printed over, %s', async (scheme) => {
    const { page, close } = await opened(width, scheme)
    await signIn(page, server.key ?? '')
    await page.goto(`${server.url}/members/m-full`)
    // Each order was asked about every rule: those that did not give say their condition.
    const lines = page.locator('.ledger tr', { hasText: 'Base' }).getByRole('link', { name: 'Why?' })
    await lines.first().click()
    const why = page.locator('tr.why')
    expect(await why.textContent()).toContain('order.items >= 5 || order.total >= money("120.00")')
    expect(await why.getByRole('row').count()).toBeGreaterThan(2)
    await expectNothingOverlaps(page)
    await expectSound(page)
    await close()
  })

  test('the largest numbers there can be are read without anything cut or printed over', async () => {
    const { page, close } = await opened(width, 'light')
    await signIn(page, server.key ?? '')
    await page.goto(`${server.url}/members/m-rich`)
    expect(await page.locator('.ledger').textContent()).toContain('2,000,000,000,000')
    await expectNothingOverlaps(page)
    await expectSound(page)
    await close()
  })

  test.each(schemes)('members are read without a word that is broken, %s', async (scheme) => {
    const { page, close } = await opened(width, scheme)
    await signIn(page, server.key ?? '')
    await page.getByRole('link', { name: 'Jonas Ek' }).waitFor()
    await expectWordsWhole(page)
    await expectSound(page)
    await close()
  })

  test.each(schemes)('a whole visit, %s', async (scheme) => {
    const { page, complaints, close } = await opened(width, scheme)
    await signIn(page, 'lrl_nobody_knows')
    expect(await page.getByRole('alert').textContent()).toContain('not known')
    await expectSound(page)

    await signIn(page, server.key ?? '')
    await page.getByRole('searchbox').fill('Maxim')
    await page.getByRole('button', { name: 'Find' }).click()
    await expectSound(page)
    await page.getByRole('link', { name: longName }).click()
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('Maximiliane')
    await expectSound(page)

    await page.getByRole('link', { name: /Why/ }).first().click()
    expect(page.url()).toContain('why=')
    expect(await page.locator('tr.why').textContent()).toMatch(
      /order\.paid web\/e\d+.*Gave|Time has passed.*under version 1/s,
    )
    await expectSound(page)
    await page.goto(`${server.url}/members/m-empty`)
    await expectSound(page)
    await page.goto(`${server.url}/members/nobody`)
    await expectSound(page)

    await page.getByRole('button', { name: 'Sign out' }).click()
    expect(await page.getByLabel('Key').count()).toBe(1)
    expect(complaints.filter((text) => !text.includes('404'))).toEqual([])
    await close()
  })
})

test('without script, and by keyboard alone', async () => {
  const { page, close } = await opened(1440, 'light', false)
  page.setDefaultTimeout(5000)
  await page.goto(server.url)
  await page.getByLabel('Key').focus()
  await page.keyboard.type(server.key ?? '')
  await page.keyboard.press('Enter')
  await page.getByRole('searchbox').focus()
  await page.keyboard.type('m-full')
  await page.keyboard.press('Enter')
  await page.waitForURL(/q=m-full/)
  await page.getByRole('link', { name: longName }).focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(/members\/m-full/)
  expect(await page.getByText('Rouge', { exact: false }).count()).toBeGreaterThan(0)
  await close()
})
