import { readFileSync } from 'node:fs'
import type { Balance, Lots, StatementLine, Tier } from '@laurel/contract'
import { compileProgram, type Timeline } from '@laurel/engine'
import { expect, test } from 'vitest'
import { memberPage } from './member-page.ts'

const documentOf = (program: string): string =>
  readFileSync(new URL(`../../../programs/${program}/program.yaml`, import.meta.url), 'utf8')

function timelineOf(document: string): Timeline {
  const { program } = compileProgram(document, { version: 1, hash: '' })
  if (program === null) throw new Error('the document does not compile')
  return [{ program, fromAt: 0, fromLocal: 0, publishedAt: 0, publishedLocal: 0 }]
}

interface Shown {
  readonly balances?: readonly Partial<Balance>[]
  readonly tiers?: readonly Partial<Tier>[]
  readonly lots?: readonly Partial<Lots['lots'][number]>[]
  readonly lines?: readonly Partial<StatementLine>[]
  readonly zone?: string
}

const moved = {
  ...{ number: 1, asset: 'points', amount: 1, moved: 1, from: 'issued', to: 'active', rule: 'base', cause: 'web/e1' },
  ...{ revision: 0, version: 1, effective: '2026-03-14T10:00:00.000', at: '2026-03-14T10:00:00.000Z' },
  ...{ recordedAt: '2026-03-14T10:00:00.000Z', after: { pending: 0, active: 1, held: 0, debt: 0 } },
}

/** What is written on the page of a member of whom no more is known than what is told. */
function textOf(document: string, { balances = [], tiers = [], lots = [], lines = [], zone = 'UTC' }: Shown): string {
  const none = { since: null, sum: 0, toRise: null, toStay: null, atRisk: false, heldBy: 'facts' } as const
  return memberPage({
    member: {
      id: 'maren',
      zone,
      joinedOn: null,
      profile: { name: null, email: null, phone: null, birthday: null },
      segments: [],
      tags: [],
      balances: balances.map((each) => ({ asset: '', pending: 0, active: 0, held: 0, debt: 0, ...each })),
      tiers: tiers.map((each) => ({ ladder: '', level: '', ...none, ...each })),
      holds: [],
      memberships: [],
      status: 'member',
      mark: null,
      ageAtLeast: 0,
      terms: [],
      bars: [],
      closing: null,
      left: null,
      pool: null,
      seats: { booked: [], kept: [], waiting: [] },
      decisions: 1,
    },
    timeline: timelineOf(document),
    lots: lots.map((each) => ({ asset: '', amount: 0, lastDay: 'never', lapsesAfter: null, priority: 0, ...each })),
    lines: lines.map((line) => ({ ...moved, ...line })),
    next: null,
    cursor: null,
    why: null,
  })
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
}

const spend = documentOf('glow-club')
  .replace('measure: { earned: status }', 'measure: spend')
  .replaceAll(/reach: (\d+) status/g, 'reach: $1.00 USD')

test('TIER-1 what is spent for a tier is money of the program, to its minor unit', () => {
  const toRise = { level: 'vib', missing: 13_450, until: null }
  const toStay = { missing: 1, until: '2027-01-01T00:00:00.000', countsUntil: '2027-01-01T00:00:00.000' }
  const text = textOf(spend, { tiers: [{ ladder: 'standing', level: 'insider', sum: 6550, toRise, toStay }] })
  expect(text).toContain('65.50 USD now. 134.50 USD more reach VIB. 0.01 USD more keep Insider beyond 1 January 2027.')
  const withGrace = { ...toStay, until: '2027-01-31T00:00:00.000' }
  const graced = textOf(spend, {
    tiers: [{ ladder: 'standing', level: 'insider', sum: 6550, toRise, toStay: withGrace }],
  })
  expect(graced).toContain('0.01 USD more by 1 January 2027 keep Insider beyond 31 January 2027.')
})

test('LED-8 two lines of an hour that the clock showed twice are told apart', () => {
  const shown = (zone: string, effective: string, at: string) =>
    textOf(spend, { zone, lines: [{ effective, at }] }).match(/\d+ \w+ 2026 (.*?) Earned/)?.[1]
  const back = '2026-10-25T01:30:00.000'
  expect(shown('Europe/London', back, '2026-10-25T00:30:00.000Z')).toBe('01:30 UTC+1')
  expect(shown('Europe/London', back, '2026-10-25T01:30:00.000Z')).toBe('01:30 UTC')
  expect(shown('Europe/London', '2026-10-25T00:59:59.999', '2026-10-24T23:59:59.999Z')).toBe('00:59')
  expect(shown('Europe/London', '2026-10-25T02:00:00.000', '2026-10-25T02:00:00.000Z')).toBe('02:00')
  const newfoundland = '2026-11-01T01:30:00.000'
  expect(shown('America/St_Johns', newfoundland, '2026-11-01T04:00:00.000Z')).toBe('01:30 UTC−2:30')
  expect(shown('America/St_Johns', newfoundland, '2026-11-01T05:00:00.000Z')).toBe('01:30 UTC−3:30')
})

test('AMT-1 money is there to pay with, in its decimals, and its lots can be used', () => {
  const text = textOf(documentOf('cashback'), {
    balances: [{ asset: 'credit', active: 460 }],
    lots: [{ asset: 'credit', amount: 460, lapsesAfter: '2027-03-31' }],
  })
  expect(text).toContain('Credit 0.460 can be paid with now')
  expect(text).toMatch(/31 March 2027 .*0\.460/)
  expect(text).not.toMatch(/for the tier|Nothing to use yet/)
})

test('TIER-1 what waits to count for the tier is not spoken of as something to use', () => {
  const balances = [
    { asset: 'points', pending: 5 },
    { asset: 'status', pending: 7 },
  ]
  const text = textOf(documentOf('glow-club'), { balances })
  expect(text).toContain('5 not usable yet')
  expect(text).toContain('7 does not count yet')
})

test.each([
  ['punch-card', 'stamps', 'collected on a card'],
  ['quest', 'tickets', 'take part in draws'],
  ['glow-club', 'status', 'collected for the tier'],
  ['glow-club', 'points', 'can be used now'],
])('in %s, %s say what they are for: %s', (program, asset, words) => {
  expect(textOf(documentOf(program), { balances: [{ asset, active: 3 }] })).toContain(` 3 ${words} `)
})

test('lots of what only counts for a tier are not shown as something to use', () => {
  expect(textOf(documentOf('glow-club'), { lots: [{ asset: 'status', amount: 7 }] })).toContain('Nothing to use yet.')
})

const all = { active: 1, pending: 2, held: 3, debt: 4 }
const lapses = { amount: 5, lapsesAfter: '2027-03-31' }

test('of several assets each tile and each lot says whose it is', () => {
  const both = ['points', 'status'].map((asset) => ({ asset, ...all }))
  const text = textOf(documentOf('glow-club'), { balances: both, lots: [{ asset: 'points', ...lapses }] })
  for (const name of ['Points', 'Status points'])
    for (const label of [`${name}: pending 2`, `${name}: held 3`, `${name}: owed 4`]) expect(text).toContain(label)
  expect(text).toContain('Points: lapses next 5 after 31 March 2027')
  const lots = ['pounds', 'first-pounds'].map((asset) => ({ asset, ...lapses }))
  const row = '31 March 2027 0.05'
  expect(textOf(documentOf('spend-threshold'), { lots })).toContain(
    `${row} pounds spent ${row} pounds on the first hundred`,
  )
})

test('of one asset the tiles need no name', () => {
  const text = textOf(documentOf('glow-club'), { balances: [{ asset: 'points', ...all }] })
  expect(text).toContain('Pending 2 not usable yet')
  expect(text).toContain('Owed 4 what comes next repays it')
})
