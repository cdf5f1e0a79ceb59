import { readFileSync } from 'node:fs'
import path from 'node:path'
import {
  type Account,
  compileProgram,
  type Happened,
  type Held,
  outcomesOf,
  type Program,
  readScenarios,
  type VoucherStanding,
} from '@laurel/engine'
import { type AccountKind, MAY_MOVE } from '@laurel/ledger'
import { expect, test } from 'vitest'
import { templates, valuesIn } from '../../packages/engine/scenarios/outcomes.ts'
import { phrases } from '../../packages/engine/scenarios/read-step.ts'
import { cardOf } from '../vectors/program-builder.ts'

const file = path.resolve(import.meta.dirname, '../../programs/glow-club/program.yaml')
const { program } = compileProgram(readFileSync(file, 'utf8'), { version: 1, hash: '' })
if (program === null) throw new Error('glow-club does not compile')
const named = { id: 'green-city', name: {} }
const tenCups = cardOf('ten-cups', 10)
const glowClub: Program = {
  ...program,
  charities: new Map([[named.id, { ...named, impact: null }]]),
  cards: new Map([['ten-cups', tenCups]]),
  partners: new Map([[named.id, { ...named, settles: null, earn: true, burn: true }]]),
}

const empty: Held = { tiers: [], vouchers: [], badges: [], state: 'active', pool: null, plans: [], referral: null }
const nothing: Omit<Happened, 'moves'> = {
  ...{
    who: 'Ada',
    before: empty,
    after: empty,
    refusal: null,
    decimals: 0,
    rejection: null,
    remarks: [],
    waits: false,
    entitled: null,
    ranks: [],
    seats: new Map(),
    waiting: null,
    wins: [],
  },
}
const textsOf = (happened: Partial<Happened>): string[] =>
  outcomesOf(glowClub, { ...nothing, moves: [], ...happened }).map(({ text }) => text)

/** What a scenario would have to say, read as if somebody had written it. */
function mistakesIn(texts: readonly string[]) {
  const row = `| 2026-01-07 | Ada | time passes | ${texts.join(', ')} |`
  return readScenarios(`## A story\n\n| when | who | what | gives |\n|--|--|--|--|\n${row}\n`, glowClub).mistakes
}

const kinds = Object.keys(MAY_MOVE) as AccountKind[]
/** One of each kind. */
const accountOf = (kind: AccountKind): Account =>
  kind === 'charity' || kind === 'partner' ? `${kind}:green-city` : kind
const pairs = kinds.flatMap((from) => MAY_MOVE[from].map((to) => ({ from: accountOf(from), to: accountOf(to) })))

test('every movement of the ledger has a phrase of its own that a scenario can say', () => {
  const texts = pairs.flatMap(({ from, to }) => textsOf({ moves: [{ asset: 'points', from, to, amount: 5 }] }))
  expect(texts).toHaveLength(pairs.length)
  expect(mistakesIn(texts)).toEqual([])
  // Only what corrections, merges and forfeits on the way undo has to name accounts.
  const accounts = texts.filter((text) => text.includes(' from '))
  expect(accounts.length).toBeLessThan(pairs.length / 2)
})

test('what is held and spent in one row is spent; what comes and goes is both said', () => {
  const moves: Happened['moves'] = [
    { asset: 'points', from: 'active', to: 'held', amount: 50 },
    { asset: 'points', from: 'held', to: 'redeemed', amount: 30 },
    { asset: 'points', from: 'issued', to: 'active', amount: 7 },
    { asset: 'points', from: 'active', to: 'issued', amount: 2 },
  ]
  expect(textsOf({ moves })).toEqual(['20 points held', '+7 points', '-2 points', '30 points spent'])
})

test('ladders: the lowest level is no rise, a risk is said once', () => {
  const standing = (level: string, atRisk = false): Held => ({
    ...empty,
    tiers: [{ ladder: 'standing', level, atRisk }],
  })
  expect(textsOf({ after: standing('insider') })).toEqual([])
  expect(textsOf({ after: standing('rouge') })).toEqual(['rises to rouge'])
  expect(textsOf({ before: standing('rouge'), after: standing('vib') })).toEqual(['falls to vib'])
  expect(textsOf({ before: standing('vib'), after: standing('vib', true) })).toEqual(['vib at risk'])
  expect(textsOf({ before: standing('vib', true), after: standing('vib', true) })).toEqual([])
})

test('vouchers are said when they come, when they end, and how much a gift card still holds', () => {
  const holding = (...vouchers: readonly Partial<VoucherStanding>[]): Held => ({
    ...empty,
    vouchers: vouchers.map((voucher) => ({ id: 'r1', reward: 'ten-off', status: 'open', left: null, ...voucher })),
  })
  const ends = ['used', 'returned', 'given', 'expired', 'revoked'] as const
  expect(textsOf({ after: holding({}, { id: 'r2' }) })).toEqual(['voucher ten-off', 'voucher ten-off'])
  expect(textsOf({ before: holding({}), after: holding({}) })).toEqual([])
  const texts = ends.flatMap((status) => textsOf({ before: holding({}), after: holding({ status }) }))
  expect(texts).toEqual(['used', 'returned', 'donated', 'expired', 'revoked'].map((end) => `voucher ten-off ${end}`))
  expect(mistakesIn(texts)).toEqual([])
  // In and out of the hand in one row, and back in it.
  expect(textsOf({ after: holding({ status: 'used' }) })).toEqual(['voucher ten-off', 'voucher ten-off used'])
  expect(textsOf({ before: holding({ status: 'used' }), after: holding({}) })).toEqual(['voucher ten-off'])
  const [full, partly] = [holding({ left: 2500 }), holding({ left: 1505 })]
  expect(textsOf({ before: full, after: partly })).toEqual(['15.05 USD left on ten-off'])
})

test('coming and going is said once', () => {
  const being = (state: Held['state']): Held => ({ ...empty, state })
  const texts = (['frozen', 'left', 'erased'] as const).flatMap((state) => textsOf({ after: being(state) }))
  expect(texts).toEqual(['frozen', 'left', 'erased'])
  expect(mistakesIn(texts)).toEqual([])
  expect(textsOf({ before: being('frozen'), after: being('active') })).toEqual(['unfrozen'])
  expect(textsOf({ before: being('left'), after: being('active') })).toEqual([])
})

test('paid memberships are said when they begin, go on, falter and end', () => {
  const having = (until: number, state: 'paid' | 'trial' | 'grace'): Held => ({
    ...empty,
    plans: [{ plan: 'plus', until, state }],
  })
  const [trial, paid, grace] = [having(1, 'trial'), having(2, 'paid'), having(2, 'grace')]
  expect(textsOf({ after: trial })).toEqual(['membership plus starts'])
  expect(textsOf({ before: trial, after: paid })).toEqual(['membership plus paid'])
  expect(textsOf({ before: paid, after: grace })).toEqual(['membership plus in grace'])
  expect(textsOf({ before: grace, after: empty })).toEqual(['membership plus ends'])
  expect(textsOf({ before: paid, after: paid })).toEqual([])
})

test('who asks is told, and nothing else', () => {
  expect(textsOf({ entitled: true, rejection: 'overdue' })).toEqual(['yes'])
  expect(textsOf({ entitled: false })).toEqual(['no'])
})

test('badges are said when they come and when they go', () => {
  const holding = (...badges: readonly string[]): Held => ({ ...empty, badges })
  expect(textsOf({ after: holding('explorer') })).toEqual(['badge explorer'])
  expect(textsOf({ before: holding('explorer'), after: holding('explorer', 'explorer') })).toEqual(['badge explorer'])
  expect(textsOf({ before: holding('explorer'), after: empty })).toEqual(['badge explorer revoked'])
})

test('refusals and remarks are said in phrases that can be read', () => {
  const short = { currency: 'USD', reason: 'more-than-left' } as const
  const texts = textsOf({
    refusal: { code: 'short', shortBy: 20 },
    rejection: 'overdue',
    waits: true,
    remarks: [
      { type: 'capped', rule: 'review', cap: 'rule:review', trimmed: 1 },
      { type: 'sold-out', rule: 'birthday', reward: 'ten-off' },
      { type: 'card-waiting', card: 'ten-cups', because: 'sold-out' },
      { type: 'not-settled', redemption: 'r1', partner: 'green-city', asset: 'points', amount: 20 },
      { type: 'refunded', order: 'web/1', money: 1500, storedValue: 0, points: [] },
      { type: 'queued', refund: { source: 'web', id: '1', order: '1' }, amount: 250, ...short },
      { type: 'not-in-force' },
    ],
  })
  expect(texts).toEqual([
    ...['rejected: overdue', 'refused: short by 20', 'waits for its order', 'capped review'],
    ...[
      'sold out: ten-off',
      'card ten-cups waits: sold-out',
      'not settled: 20 points at green-city',
      'pays back 15.00 USD',
      'queued 2.50 USD',
      'not in force',
    ],
  ])
  expect(mistakesIn(texts)).toEqual([])
})

test('docs/scenarios.md shows every phrase, and no outcome that cannot be said', () => {
  const page = readFileSync(path.resolve(import.meta.dirname, '../../docs/scenarios.md'), 'utf8')
  const spansOf = (text: string): string[] => [...text.matchAll(/`([^`\n]+)`/g)].map(([, span = '']) => span)
  const missing = phrases.map(([beginning]) => beginning).filter((beginning) => !page.includes(`\`${beginning}`))
  expect(missing).toEqual([])
  const decided = /### Phrases for what is decided\n([\s\S]*?)\n## /.exec(page)?.[1] ?? ''
  const shown = spansOf([...decided.matchAll(/^\| (`.*?) \|/gm)].map(([, cell]) => cell).join('\n'))
  expect(templates.filter((template) => !shown.some((span) => valuesIn(template, span) !== null))).toEqual([])
  expect(shown.filter((span) => !templates.some((template) => valuesIn(template, span) !== null))).toEqual([])
})
