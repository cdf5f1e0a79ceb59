import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Console, expectSound, looks, openConsole } from './open-console.ts'

// Backtests in the console: asked of a draft, followed while they work, read, and given up.

/** So many that a backtest of them is seen at work. */
const membersMax = 1200
let laurel: Console
let report = ''

beforeAll(async () => {
  laurel = await openConsole('backtests')
  const { client } = laurel
  await record()
  const { document } = await client.call('readVersion', { path: { version: '1' } })
  const doubled = document.replace('give: 1 points', 'give: 2 points').replace('inForce: { from: always }\n', '')
  const unmet = doubled.replace(
    'earn:\n',
    'earn:\n  - id: never-met\n    on: order.paid\n    when: order.total >= money("99999.00")\n    give: 5 points\n    per: order\n\n',
  )
  await client.call('saveDraft', { path: { draft: 'double' }, body: { revision: 0, document: unmet } })
}, 180_000)

afterAll(() => laurel?.close())

async function record(): Promise<void> {
  const { server } = laurel
  const events = Array.from({ length: membersMax }, (_, number) => ({
    ...{ type: 'order.paid', id: `e${number}`, source: 'web', member: `m${number}` },
    occurredAt: new Date(Date.now() - (40 + (number % 300)) * 86_400_000).toISOString(),
    order: {
      id: `o${number}`,
      currency: 'USD',
      lines: [{ id: '1', sku: 'SERUM', quantity: 1, total: 2000 + number * 50, categories: ['skincare'] }],
    },
  }))
  for (let from = 0; from < events.length; from += 600) {
    const response = await fetch(`${server.url}/v1/events?history=true`, {
      method: 'POST',
      headers: { authorization: `Bearer ${server.key}`, 'content-type': 'application/json' },
      body: JSON.stringify(events.slice(from, from + 600)),
    })
    expect(response.status).toBe(200)
  }
}

async function ask(page: Page): Promise<void> {
  await page.goto(`${laurel.server.url}/console/program?draft=double`)
  await page.getByRole('button', { name: 'What changes if I publish this?' }).click()
  await page.getByRole('radio', { name: 'They ask for what they did ask for' }).waitFor()
}

test.each(looks)('%i wide, %s: before there is any, it is said how one begins', async (width, scheme) => {
  const { page, complaints, close } = await laurel.opened(width, scheme)
  await page.goto(`${laurel.server.url}/console/backtests`)
  await page.getByText('Backtests will stand here.').waitFor()
  await expectSound(page)
  expect(complaints).toEqual([])
  await close()
})

test('what is asked of a draft shows how far it is, can be given up, and is answered as a sentence first', async () => {
  const { page, complaints, close } = await laurel.opened(1440, 'light')
  await ask(page)
  await expectSound(page)
  await page.getByRole('radio', { name: /They spend nothing/ }).check()
  await page.getByRole('button', { name: 'Find out' }).click()
  await page.getByText(/Lives the past again: [\d,]+ of [\d,]+ groups of members/).waitFor()
  await expectSound(page)
  // A second one at the same time is refused, in words.
  const other = await laurel.opened(390, 'dark')
  await ask(other.page)
  await other.page.getByRole('button', { name: 'Find out' }).click()
  await other.page.getByRole('alert').waitFor()
  await expectSound(other.page)
  await other.close()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.getByText('This backtest was cancelled.').waitFor()
  await expectSound(page)

  await ask(page)
  await page.getByRole('button', { name: 'Find out' }).click()
  await page.getByText(/about .* left|a moment left/).waitFor({ timeout: 60_000 })
  await page.getByText(/^Members would have earned [\d,]+ points more/).waitFor({ timeout: 120_000 })
  report = page.url()
  await page.getByText(/[\d,]+ would have more, 0 less/).waitFor()
  await page.getByRole('region', { name: 'Rules that never fired' }).getByText('Never met').waitFor()
  const goals = page.getByRole('region', { name: 'What can members reach?' })
  expect(await goals.locator('svg').textContent()).toMatch(/reached it, [\d,]+ could reach it/)
  const [table] = await Promise.all([
    page.waitForEvent('download'),
    goals.getByRole('button', { name: /^CSV/ }).click(),
  ])
  expect(table.suggestedFilename()).toBe('backtest-double-goals.csv')
  expect(readFileSync(await table.path(), 'utf8')).toContain('Goal,Program,Asks for,Reached it,Came near')
  const [picture] = await Promise.all([
    page.waitForEvent('download'),
    goals.getByRole('button', { name: /^PNG/ }).click(),
  ])
  expect(
    readFileSync(await picture.path())
      .subarray(1, 4)
      .toString(),
  ).toBe('PNG')
  // The 409 that the other page met is its own; here nothing was refused.
  expect(complaints).toEqual([])
  await close()
}, 240_000)

describe.each(looks)('%i wide, %s', (width, scheme) => {
  test('the answer and the list can be read', async () => {
    const { page, complaints, close } = await laurel.opened(width, scheme)
    await page.goto(report)
    await page.getByText(/^Members would have earned/).waitFor()
    await expectSound(page)
    await page.getByRole('link', { name: 'Backtests' }).first().click()
    await page.getByRole('link', { name: 'double, revision 1' }).first().waitFor()
    await expectSound(page)
    expect(complaints).toEqual([])
    await close()
  })
})

test('support reads an answer and begins none; an address of nothing says so', async () => {
  const support = await laurel.joined('sam@example.com', 'support')
  const { page, close } = await laurel.opened(1440, 'light', support)
  await page.goto(`${laurel.server.url}/console/backtests`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  expect(await page.getByRole('button', { name: 'What changes if I publish this?' }).count()).toBe(0)
  await page.goto(report)
  await page.getByText(/^Members would have earned/).waitFor()
  await page.goto(`${laurel.server.url}/console/backtests/${'0'.repeat(32)}`)
  await page.getByRole('alert').waitFor()
  await close()
})
