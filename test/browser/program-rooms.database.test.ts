import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Console, expectSound, looks, openConsole } from './open-console.ts'

// Pilots, corrections and sandboxes in the console.

let laurel: Console
let document = ''

beforeAll(async () => {
  laurel = await openConsole('program-rooms')
  const { document: first } = await laurel.client.call('readVersion', { path: { version: '1' } })
  document = first.replace('inForce: { from: always }\n', '')
}, 120_000)

afterAll(() => laurel?.close())

const at = (path: string) => `${laurel.server.url}/console/${path}`

async function order(): Promise<void> {
  const events = Array.from({ length: 12 }, (_, number) => ({
    ...{ type: 'order.paid', id: `e${number}`, source: 'web', member: `m${number % 6}` },
    occurredAt: new Date(Date.now() - (10 + number) * 86_400_000).toISOString(),
    order: {
      id: `o${number}`,
      currency: 'USD',
      lines: [{ id: '1', sku: 'SERUM', quantity: 1, total: 2000, categories: ['hair'] }],
    },
  }))
  const response = await fetch(`${laurel.server.url}/v1/events?history=true`, {
    method: 'POST',
    headers: { authorization: `Bearer ${laurel.server.key}`, 'content-type': 'application/json' },
    body: JSON.stringify(events),
  })
  expect(response.status).toBe(200)
}

test.each(looks)(
  '%i wide, %s: before there is anything, each room says what will stand there',
  async (width, scheme) => {
    const { page, complaints, close } = await laurel.opened(width, scheme)
    for (const [room, words] of [
      ['pilots', 'Pilots will stand here.'],
      ['corrections', 'Corrections will stand here.'],
      ['sandboxes', 'Sandboxes will stand here.'],
    ]) {
      await page.goto(at(room ?? ''))
      await page.getByText(words ?? '').waitFor()
      await expectSound(page)
    }
    expect(complaints).toEqual([])
    await close()
  },
)

test('a correction is asked for, shown member by member, approved and posted; a day to come is refused in words', async () => {
  await order()
  await laurel.client.call('publishProgram', { body: document.replace('give: 1 points', 'give: 3 points') })
  const { page, complaints, close } = await laurel.opened(1440, 'light')
  await page.goto(at('corrections'))
  await page.getByRole('button', { name: 'Correct from a past day' }).click()
  await page.getByLabel('From this day on').fill('2900-01-01')
  await page.getByLabel('Reason').fill('case-21')
  await page.getByRole('button', { name: 'Show what it would post' }).click()
  await page.getByRole('alert').waitFor()
  await expectSound(page)
  expect(await page.getByLabel('Reason').inputValue()).toBe('case-21')
  expect(complaints.splice(0).every((text) => /40[09]/.test(text))).toBe(true)

  await page.getByLabel('From this day on').fill(new Date(Date.now() - 40 * 86_400_000).toISOString().slice(0, 10))
  await page.getByRole('button', { name: 'Show what it would post' }).click()
  await page.getByText('This is what would be posted. Nothing is posted before somebody approves it.').waitFor()
  await page.getByText(/It concerns 6 members with 12 orders/).waitFor()
  const members = page.getByRole('region', { name: 'Member by member' })
  await members.getByRole('link', { name: 'm0' }).waitFor()
  expect(await members.getByText('not yet').count()).toBe(6)
  await expectSound(page)
  await page.getByRole('button', { name: 'Approve it for 6 members' }).click()
  await page.getByText('All 6 members are corrected.').waitFor({ timeout: 30_000 })
  await members
    .getByText(/^decision \d/)
    .first()
    .waitFor()
  const { balances } = await laurel.client.call('readBalance', { path: { member: 'm0' } })
  const points = balances.find(({ asset }) => asset === 'points')
  // Three points for each whole dollar, and at weekends twice as many: at least what 2 orders of 20.00 bring on weekdays.
  expect((points?.active ?? 0) + (points?.pending ?? 0)).toBeGreaterThanOrEqual(2 * 20 * 3)

  await page.goto(at('corrections'))
  await page.getByRole('button', { name: 'Correct from a past day' }).click()
  await page.getByLabel('From this day on').fill(new Date(Date.now() - 20 * 86_400_000).toISOString().slice(0, 10))
  await page.getByLabel('Reason').fill('case-22')
  await page.getByRole('button', { name: 'Show what it would post' }).click()
  await page.getByText(/There is nothing to correct|This is what would be posted/).waitFor()
  expect(complaints).toEqual([])
  await close()
})

test('a draft is tried with a few, with more, and then with nobody', async () => {
  await laurel.client.call('saveDraft', {
    path: { draft: 'tried' },
    body: { revision: 0, document: document.replace('give: 1 points', 'give: 5 points') },
  })
  const { page, complaints, close } = await laurel.opened(1440, 'dark')
  await page.goto(at('program?draft=tried'))
  await page.getByRole('button', { name: 'Try it with a few' }).click()
  await page.getByLabel('Share of members').fill('60')
  await page.getByLabel('Held out').fill('60')
  await page.getByRole('button', { name: 'Begin the pilot' }).click()
  await page.getByRole('alert').getByText('both together are at most 100 percent').waitFor()
  await expectSound(page)
  expect(complaints.splice(0).every((text) => text.includes('400'))).toBe(true)
  await page.getByLabel('Held out').fill('20')
  await page.getByRole('button', { name: 'Begin the pilot' }).click()
  await page.getByText('It runs with 60 % of members, and 20 % are held out.').waitFor()
  await page.getByRole('link', { name: 'm0' }).waitFor()
  await expectSound(page)
  await page.getByLabel('Arm', { exact: true }).selectOption('held out')
  await page.waitForURL(/arm=holdout/)
  await expect.poll(() => page.getByRole('cell', { name: 'in the pilot' }).count()).toBe(0)
  await page.getByLabel('Share of members').fill('70')
  await page.getByLabel('Why').fill('It goes well')
  await page.getByRole('button', { name: 'Let more in' }).click()
  await page.getByText('It runs with 70 % of members, and 20 % are held out.').waitFor()
  await page.getByText('“It goes well”').waitFor()
  await page.getByRole('button', { name: 'Stop the pilot' }).click()
  await page.getByText('It was stopped. It ran with 70 % of members').waitFor()
  await expectSound(page)
  expect(complaints).toEqual([])
  await close()
})

test('a sandbox is created, opened with a key, and time passes in it', async () => {
  const { page, complaints, close } = await laurel.opened(1440, 'light')
  await page.goto(at('sandboxes'))
  await page.getByRole('button', { name: 'Create a sandbox' }).click()
  await page.getByLabel('Id of the sandbox').fill('glow-club')
  await page.getByRole('dialog').getByRole('button', { name: 'Create a sandbox' }).click()
  await page.getByRole('alert').waitFor()
  await expectSound(page)
  expect(complaints.splice(0).every((text) => text.includes('409'))).toBe(true)
  await page.getByLabel('Id of the sandbox').fill('glow-try')
  await page.getByRole('dialog').getByRole('button', { name: 'Create a sandbox' }).click()
  await page.getByRole('cell', { name: 'glow-try' }).waitFor()
  await page.getByRole('button', { name: 'Key' }).click()
  await page.getByRole('button', { name: 'Issue a key' }).click()
  await page.getByText(/^lrl_/).waitFor()
  await expectSound(page)
  expect(complaints).toEqual([])
  await close()

  const sandbox = await laurel.opened(390, 'dark')
  await sandbox.page.goto(at('sandboxes'))
  await sandbox.page.getByRole('button', { name: 'Go in' }).click()
  await sandbox.page.getByRole('heading', { name: 'A sandbox of glow-club' }).waitFor()
  await sandbox.page.getByText('The clock has stood still so far.').waitFor()
  await expectSound(sandbox.page)
  await sandbox.page.getByLabel('Days').fill('45')
  await sandbox.page.getByRole('button', { name: 'Let them pass' }).click()
  await sandbox.page.getByText(/Done; time did something to members/).waitFor({ timeout: 40_000 })
  await expectSound(sandbox.page)
  await sandbox.page.getByRole('button', { name: 'Back to glow-club' }).click()
  await sandbox.page.getByRole('heading', { name: 'Sandboxes' }).waitFor()
  expect(sandbox.complaints).toEqual([])
  await sandbox.close()
})

describe.each(looks)('%i wide, %s', (width, scheme) => {
  test('lists and pages of all three can be read', async () => {
    const { page, complaints, close } = await laurel.opened(width, scheme)
    await page.goto(at('corrections'))
    await page
      .getByRole('link', { name: /^Version 2 from/ })
      .last()
      .click()
    await page.getByText('All 6 members are corrected.').waitFor()
    await page.getByRole('region', { name: 'Member by member' }).waitFor()
    await expectSound(page)
    for (const [room, row] of [
      ['corrections', /^Version 2 from/],
      ['pilots', /^Pilot of version/],
      ['sandboxes', /glow-try/],
    ] as const) {
      await page.goto(at(room))
      await page.getByRole('row', { name: row }).first().waitFor()
      await expectSound(page)
    }
    await page.goto(at('pilots'))
    await page.getByRole('link', { name: /^Pilot of version/ }).click()
    await page.getByText('It was stopped.').waitFor()
    await expectSound(page)
    expect(complaints).toEqual([])
    await close()
  })
})
