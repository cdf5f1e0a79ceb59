import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { EventAnswer } from '@laurel/contract'
import type { Download, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Console, expectSound, looks, openConsole } from './open-console.ts'

// Reports in the console: before anything was read, while it is read, and what was found; in files and pictures, and by role.

const file = fileURLToPath(new URL('reports-club.yaml', import.meta.url))
const questions = [
  ['home', 'How does the program do?'],
  ['retention', 'Do members come back?'],
  ['rfm', 'Who are our best members, and whom are we losing?'],
  ['lifetime-value', 'What are members worth to us?'],
  ['experiments', 'What did it bring that would not have come anyway?'],
  ['profit-and-loss', 'Does the program pay?'],
  ['liability', 'What do we owe in points?'],
  ['breakage', 'How many points will never be used?'],
] as const
const membersMax = 240
const dayMs = 86_400_000

let here: Console
beforeAll(async () => {
  here = await openConsole('reports', { id: 'reports-club', file })
}, 120_000)
afterAll(() => here?.close())

const goTo = (page: Page, path: string) => page.goto(`${here.server.url}/console${path}`)

interface Order {
  readonly member: string
  readonly daysAgo: number
  readonly total: number
}

async function record(orders: readonly Order[]): Promise<EventAnswer[]> {
  const answers: EventAnswer[] = []
  const events = orders
    .toSorted((a, b) => b.daysAgo - a.daysAgo)
    .map(({ member, daysAgo, total }) => ({
      ...{ type: 'order.paid', id: `${member}-${daysAgo}`, source: 'web', member },
      occurredAt: new Date(Date.now() - daysAgo * dayMs).toISOString(),
      order: {
        id: `${member}-${daysAgo}`,
        currency: 'GBP',
        lines: [{ id: '1', sku: 'TEA', quantity: 1, total, categories: ['tea'] }],
      },
    }))
  for (let from = 0; from < events.length; from += 500) {
    const response = await fetch(`${here.server.url}/v1/events?history=true`, {
      method: 'POST',
      headers: { authorization: `Bearer ${here.server.key}`, 'content-type': 'application/json' },
      body: JSON.stringify(events.slice(from, from + 500)),
    })
    expect(response.status).toBe(200)
    answers.push(...((await response.json()) as EventAnswer[]))
  }
  return answers
}

/** Everybody buys once; whoever was given the bonus comes back for more than those who are held out of it. */
async function fill(): Promise<void> {
  const nameOf = (index: number) => `member-${String(index).padStart(3, '0')}`
  const since = (index: number) => 420 - Math.floor((index * 380) / membersMax)
  const first = await record(
    Array.from({ length: membersMax }, (_, index) => ({ member: nameOf(index), daysAgo: since(index), total: 1000 })),
  )
  const held = first.filter((answer) => answer.status === 'recorded' && answer.decision.balances[0]?.active === 10)
  expect(held.length).toBeGreaterThan(60)
  const heldOut = new Set(held.map((answer) => (answer.status === 'recorded' ? answer.decision.member : '')))
  const later = Array.from({ length: membersMax }, (_, index): Order[] => {
    const member = nameOf(index)
    const [times, total] = heldOut.has(member) ? [index % 3, 900] : [1 + (index % 4), 4000]
    return Array.from({ length: times }, (_, time) => ({
      ...{ member, daysAgo: since(index) - 8 * (time + 1) - (index % 7) },
      total: total + 100 * (index % 5),
    })).filter(({ daysAgo }) => daysAgo > 0)
  })
  await record(later.flat())
}

test.each(looks)('%i wide, %s: before anything was read it says when it will be', async (width, scheme) => {
  const { page, complaints, close } = await here.opened(width, scheme)
  for (const path of ['/reports', '/reports/rfm', '/reports/profit-and-loss']) {
    await goTo(page, path)
    await page.getByRole('heading', { level: 1 }).waitFor()
    // Once an hour the night's reading may begin.
    if ((await here.client.call('listReports', {})).run === null) {
      await page.getByText('The first figures will stand here.').waitFor()
    }
    await expectSound(page)
  }
  expect(complaints).toEqual([])
  await close()
})

test('it is worked out when asked, given up, and worked out again', async () => {
  await fill()
  const { page, complaints, close } = await here.opened(1440, 'light')
  await goTo(page, '/reports')
  await page.getByRole('button', { name: 'Work it out now' }).click()
  await page
    .getByRole('status')
    .getByText(/^(Counts what was decided|Looks at the members)/)
    .waitFor()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.getByText('The last reading was given up.').waitFor()
  await expectSound(page)
  await page.getByRole('button', { name: 'Work it out now' }).click()
  await page
    .getByText(/^Of those who buy for the first time, [\d.]+ % buy again in the month after/)
    .waitFor({ timeout: 120_000 })
  await page.getByText(/bought most often, and last; \d+ bought most often, and have not come for long/).waitFor()
  await page.getByText(/^Up to .*\d{4}, read /).waitFor()
  expect(complaints).toEqual([])
  await close()
}, 240_000)

describe.each(looks)('%i wide, %s', (width, scheme) => {
  test('each report can be read under its question', async () => {
    const { page, complaints, close } = await here.opened(width, scheme)
    for (const [name, question] of questions) {
      await goTo(page, '/reports')
      await page.getByRole('link', { name: question }).click()
      await page.getByRole('heading', { level: 1, name: question }).waitFor()
      expect(page.url()).toContain(`/reports/${name}`)
      await page.getByText('How this is told').click()
      await page.locator('.definition p').waitFor()
      await page.waitForLoadState('networkidle')
      await expectSound(page)
    }
    expect(complaints).toEqual([])
    await close()
  }, 120_000)

  test('home says how it goes, and what brought more', async () => {
    const { page, complaints, close } = await here.opened(width, scheme)
    await goTo(page, '')
    await page.getByText('Active members').waitFor()
    await page.getByText('Lift: Bonus (rule)').waitFor()
    await page.getByText(/what lapses: up to .*\d{4}\./).waitFor()
    await expectSound(page)
    await page.getByRole('link', { name: 'All reports' }).click()
    await page.getByRole('heading', { level: 1, name: 'Reports' }).waitFor()
    expect(complaints).toEqual([])
    await close()
  })
})

const textOf = async (download: Download) => readFileSync(await download.path(), 'utf8')

test('a chart is taken along as a file and as a picture, with the figures that stand below it', async () => {
  const { page, complaints, close } = await here.opened(1440, 'dark')
  await goTo(page, '/reports/retention')
  const cohorts = page.getByRole('region', { name: 'Do those who came lately stay as those did who came before?' })
  expect(await cohorts.locator('svg').textContent()).toMatch(/months after/)
  const [table] = await Promise.all([
    page.waitForEvent('download'),
    cohorts.getByRole('button', { name: /^CSV/ }).click(),
  ])
  expect(table.suggestedFilename()).toBe('retention-cohorts.csv')
  expect(await textOf(table)).toMatch(
    /First bought in,Members,Months after,Bought then,At least,At most\r\n\d{4}-\d\d,\d+,1,0/,
  )
  const [picture] = await Promise.all([
    page.waitForEvent('download'),
    cohorts.getByRole('button', { name: /^PNG/ }).click(),
  ])
  expect(
    readFileSync(await picture.path())
      .subarray(1, 4)
      .toString(),
  ).toBe('PNG')
  await cohorts.getByText(/^The figures, \d+ lines/).click()
  await cohorts.getByRole('button', { name: /^Show \d+ more/ }).click()
  await expectSound(page)

  await goTo(page, '/reports/liability')
  const journals = page.getByRole('region', { name: 'Which journals are those?' })
  const [first, last] = [await journals.getByLabel('Month').inputValue(), 'All months']
  await journals.getByLabel('Month').selectOption({ label: last })
  const [all] = await Promise.all([
    page.waitForEvent('download'),
    journals.getByRole('button', { name: /^CSV/ }).click(),
  ])
  const lines = (await textOf(all)).trim().split('\r\n').slice(1)
  const sumOf = (column: number) =>
    lines.reduce((sum, line) => sum + Math.round(100 * Number(line.split(',')[column])), 0)
  expect(lines.length).toBeGreaterThan(20)
  expect(sumOf(5)).toBe(sumOf(6))
  expect(first).toMatch(/^\d{4}-\d\d$/)
  expect(complaints).toEqual([])
  await close()
})

test('members of a segment are listed with what is expected of them, and taken along', async () => {
  const { page, complaints, close } = await here.opened(390, 'light')
  await goTo(page, '/reports/rfm')
  const who = page.getByRole('region', { name: 'Who are they?' })
  await who.getByLabel('Segment').selectOption({ label: 'Asleep' })
  await page.waitForURL(/segment=asleep/)
  await who
    .getByRole('link', { name: /^member-/ })
    .first()
    .waitFor()
  await expectSound(page)
  const [file] = await Promise.all([page.waitForEvent('download'), who.getByRole('button', { name: 'CSV' }).click()])
  expect(file.suggestedFilename()).toBe('members-asleep.csv')
  const { members } = await here.client.call('listMemberScores', { query: { segment: 'asleep', limit: '1000' } })
  expect((await textOf(file)).trim().split('\r\n')).toHaveLength(1 + members.length)

  await who
    .getByRole('link', { name: /^member-/ })
    .first()
    .click()
  await page.getByRole('tab', { name: 'Challenges' }).click()
  const [goals] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'CSV' }).click()])
  expect(goals.suggestedFilename()).toBe(`challenges-${members[0]?.member}.csv`)
  expect(await textOf(goals)).toMatch(/Card or challenge,Reached,Target,How far\r\nTwice in a month,\d,2,/)
  await expectSound(page)
  expect(complaints).toEqual([])
  await close()
})

test('an experiment is read in plain words, and what pays is told once a margin is stated', async () => {
  const { page, complaints, close } = await here.opened(1440, 'light')
  await goTo(page, '/reports/experiments')
  const bonus = page.getByRole('listitem').filter({ hasText: 'Bonus (rule)' })
  await bonus.getByText('Members who got it spent more than those held out').waitFor()
  await bonus.getByText(/^Since .* \d+ got it, \d+ are held out of it\./).waitFor()
  await page
    .getByRole('listitem')
    .filter({ hasText: 'Twice in a month (challenge)' })
    .getByText('Cannot be told')
    .first()
    .waitFor()
  await goTo(page, '/reports/profit-and-loss')
  await page.getByText('State the margin on goods').first().waitFor()
  await page.getByLabel('Margin on goods, in %').fill('40')
  await page.getByRole('button', { name: 'Tell' }).click()
  await expect.poll(() => page.getByText('State the margin on goods').count()).toBe(0)
  await expectSound(page)
  // Kept for the next time.
  await page.reload()
  expect(await page.getByLabel('Margin on goods, in %').inputValue()).toBe('40')
  expect(complaints).toEqual([])
  await close()
})

test('an auditor reads and begins nothing; support finds no door; an address of nothing says so', async () => {
  const auditor = await here.opened(1440, 'light', await here.joined('kit@example.com', 'auditor'))
  await goTo(auditor.page, '/reports')
  await auditor.page.getByText(/^Of those who buy for the first time/).waitFor()
  expect(await auditor.page.getByRole('button', { name: 'Work it out now' }).count()).toBe(0)
  await goTo(auditor.page, '/reports/nothing')
  await auditor.page.getByText('There is no such report.').waitFor()
  await expectSound(auditor.page)
  expect(auditor.complaints).toEqual([])
  await auditor.close()

  const support = await here.opened(390, 'dark', await here.joined('sam@example.com', 'support'))
  await goTo(support.page, '')
  await support.page.getByText('Joined by week').waitFor()
  expect(await support.page.getByText('Active members').count()).toBe(0)
  expect(await support.page.getByRole('link', { name: 'Reports' }).count()).toBe(0)
  await goTo(support.page, '/reports/home')
  await support.page.getByText('This room is not for that role.').waitFor()
  await expectSound(support.page)
  expect(support.complaints).toEqual([])
  await support.close()
})
