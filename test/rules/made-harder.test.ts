import {
  type Benefit,
  type Card,
  type Challenge,
  challengeProgressOf,
  entitlementsOf,
  type Honoured,
  localText,
  type MemberEvent,
  type MembershipPlan,
  type Program,
  reviewTransitions,
} from '@laurel/engine'
import { describe, expect, test } from 'vitest'
import { challenge, goal } from '../vectors/goal-builder.ts'
import { on, paid, tick } from '../vectors/history-builder.ts'
import { cardOf, days, everyone, months, nothingGivenUp, program, timelineOf } from '../vectors/program-builder.ts'
import { balanceOf, replayed } from '../vectors/reading.ts'

/** A version from the middle of June, which asks for more than what members were told. */
const at = (text: string, version = text < '2026-06-15' ? 1 : 2) => on(text, version)
const start = at('2026-06-15')
const through = (day: string): Honoured => ({ until: at(day).local })
const keep: Honoured = { until: null }
const gift = [{ type: 'amount', asset: 'points', amount: 1_000 }] as const

const carded = (card: Partial<Card>, parts: Partial<Program> = {}) =>
  program({ cards: new Map([['ten', cardOf('ten', 10, { ...card })]]), ...parts })
const challenged = (parts: Partial<Challenge>, more: Partial<Program> = {}) =>
  program({
    onOrder: [],
    challenges: new Map([['three', challenge('three', { goal: goal({ target: 3 }), awards: gift, ...parts })]]),
    ...more,
  })
const asks = (before: Program, after: Program, begins = start) =>
  reviewTransitions(timelineOf(before), after, begins.local).missing.map(({ path, answers }) => [path, ...answers])

describe('TRN-1 a card that takes more', () => {
  const answers = ['cards.ten', '{ through: 2026-12-15 }', 'keep']

  test('is answered for, and one that takes less, or gives another thing, is not', () => {
    expect(asks(carded({}), carded({ full: 20 }))).toEqual([answers])
    expect(asks(carded({}), carded({ asset: 'stamps' }))).toEqual([answers])
    expect(asks(carded({}), carded({ repeat: false }))).toEqual([answers])
    expect(asks(carded({ repeat: false }), carded({ full: 9, awards: gift }))).toEqual([])
  })

  const saying = (answer: Honoured, full: number, version = 2) =>
    carded({ full }, { version, transitions: { ...nothingGivenUp, cards: new Map([['ten', answer]]) } })

  test('is answered for once, and again by a version that says nothing before the day, or asks for more still', () => {
    const answered = timelineOf(carded({}), [start.at, saying(through('2026-09-01'), 20)])
    const missing = (after: Program, day: string) =>
      reviewTransitions(answered, after, on(day, 3).local).missing.map(({ id }) => id)
    expect(reviewTransitions(timelineOf(carded({})), saying(keep, 20), start.local)).toMatchObject({
      missing: [],
      unasked: [],
    })
    expect(missing(carded({ full: 20 }, { version: 3 }), '2026-08-31')).toEqual(['ten'])
    expect(missing(carded({ full: 20 }, { version: 3 }), '2026-09-01')).toEqual([])
    expect(missing(carded({ full: 30 }, { version: 3 }), '2026-09-01')).toEqual(['ten'])
    expect(missing(carded({ full: 10 }, { version: 3 }), '2026-08-31')).toEqual([])
    // The line of the version before has had its day.
    expect(missing(saying(through('2026-09-01'), 30, 3), '2026-09-01')).toEqual(['ten'])
    expect(reviewTransitions(timelineOf(carded({})), saying(keep, 10), start.local).unasked).toEqual([
      { section: 'cards', id: 'ten' },
    ])
  })

  test('TRN-5 fills as it was told through the day that is said, then by its own terms', () => {
    const left = (of: ReturnType<typeof timelineOf>, day: string) =>
      balanceOf(replayed(of, [paid('o1', at('2026-06-01'), 900), paid('o2', at(day), 100)]).member).active
    const once = timelineOf(carded({}), [start.at, saying(through('2026-09-01'), 20)])
    expect([left(once, '2026-08-31'), left(once, '2026-09-01')]).toEqual([0, 10])
    expect(left(timelineOf(carded({}), [start.at, saying(keep, 20)]), '2036-09-01')).toBe(0)
    // Said again it means the first terms, and said anew those that ruled last.
    const again = (answer: Honoured, from: string) => {
      const third = saying(answer, 30, 3)
      return timelineOf(carded({}), [start.at, saying(through('2026-09-01'), 20)], [at(from, 3).at, third])
    }
    const last = on('2026-11-01', 3)
    const leftThen = (of: ReturnType<typeof timelineOf>, minor: number) =>
      balanceOf(replayed(of, [paid('o1', last, minor)]).member).active
    expect(leftThen(again(keep, '2026-08-01'), 1_000)).toBe(0)
    expect([leftThen(again(keep, '2026-10-01'), 1_000), leftThen(again(keep, '2026-10-01'), 2_000)]).toEqual([10, 0])
  })
})

describe('TRN-1 a challenge that asks for more', () => {
  const answers = ['challenges.three', '{ through: 2026-06-15 }', 'keep']
  const harder = { goal: goal({ target: 30 }) }
  const half = { id: 'half', reach: 2, awards: gift }

  test('is answered for while its window runs, and not where it asks for less or begins anew', () => {
    expect(asks(challenged({}), challenged(harder))).toEqual([answers])
    expect(asks(challenged({}), challenged({ goal: goal({ target: 3, comparison: 'moreThan' }) }))).toEqual([answers])
    expect(asks(challenged({}), challenged({ goal: goal({ target: 3, places: ['inn'] }) }))).toEqual([answers])
    expect(asks(challenged({}), challenged({ goal: goal({ target: 3, distinct: 'day' }) }))).toEqual([answers])
    expect(asks(challenged({}), challenged({ window: { type: 'calendar', unit: 'week' } }))).toEqual([answers])
    expect(asks(challenged({ milestones: [half] }), challenged({}))).toEqual([answers])
    expect(asks(challenged({}), challenged({ goal: goal({ target: 2 }), milestones: [half] }))).toEqual([])
    expect(asks(challenged({}), challenged(harder), at('2026-07-01'))).toEqual([])
    const spring = { type: 'dates', from: at('2026-03-01').local, through: at('2026-06-01').local } as const
    expect(asks(challenged({ window: spring }), challenged({ ...harder, window: spring }))).toEqual([])
  })

  test('TRN-5 is met as it was told in the windows that begin by the day that is said', () => {
    const transitions = { ...nothingGivenUp, challenges: new Map([['three', through('2026-06-16')]]) }
    const of = timelineOf(challenged({}), [start.at, challenged(harder, { version: 2, transitions })])
    const orders = (month: string) =>
      ['03', '14', '28'].map((day) => paid(`o-${month}-${day}`, at(`2026-${month}-${day}`), 100))
    const given = (month: string) => balanceOf(replayed(of, orders(month)).member).active
    expect([given('06'), given('07')]).toEqual([1_000, 0])
    const target = (day: string) =>
      challengeProgressOf(of, replayed(of, [tick(at(day))]).member, at(day).local).map((each) => each.target)
    expect([target('2026-06-30'), target('2026-07-01')]).toEqual([[3], [30]])
  })
})

describe('TRN-1 a paid membership that loses a benefit', () => {
  const ship: Benefit = {
    ...{ id: 'ship', name: {}, kind: { type: 'free-shipping', basket: null }, levels: [], memberships: ['plus'] },
    ...{ audience: everyone, when: null, during: null, worth: null },
  }
  const selling = (benefits: readonly string[], parts: Partial<Program> = {}) => {
    const plan: MembershipPlan = {
      ...{ id: 'plus', name: {}, fee: 5_900, every: months(12), trial: null, grace: days(14), cancel: 'period-end' },
      ...{ benefits, entry: [], audience: everyone, holdout: null },
    }
    const has = new Map(benefits.map((id) => [id, { ...ship, id }]))
    return program({ onOrder: [], memberships: new Map([['plus', plan]]), benefits: has, ...parts })
  }
  const saying = (answer: Honoured, version = 2) => ({
    ...{ version, transitions: { ...nothingGivenUp, memberships: new Map([['plus', answer]]) } },
  })
  const fee = (type: 'started' | 'renewed', date: string) =>
    ({
      ...{ type: `membership.${type}`, plan: 'plus', fee: 5_900, source: 'billing', id: `${type}-${date}` },
      stamp: at(date),
    }) as MemberEvent

  test('is answered for, and one that gains a benefit is not', () => {
    const answers = ['memberships.plus.benefits', 'keep', '{ through: 2026-12-15 }']
    expect(asks(selling(['ship', 'film']), selling(['film']))).toEqual([answers])
    expect(asks(selling(['ship']), selling(['film', 'ship']))).toEqual([])
    const review = (after: Program) => reviewTransitions(timelineOf(selling(['ship'])), after, start.local)
    expect(review(selling([], saying(keep)))).toMatchObject({ missing: [], unasked: [] })
    expect(review(selling(['ship'], saying(keep))).unasked).toEqual([{ section: 'memberships', id: 'plus' }])
    const kept = timelineOf(selling(['ship']), [start.at, selling([], saying(keep))])
    const third = reviewTransitions(kept, selling([], { version: 3 }), on('2026-08-01', 3).local)
    expect(third.missing.map(({ path }) => path)).toEqual(['memberships.plus.benefits'])
  })

  test('TRN-5 has it still for whoever has paid before, to the end of that or through the day, and for nobody else', () => {
    const has = (answer: Honoured, day: string, ...events: readonly MemberEvent[]) => {
      const of = timelineOf(selling(['ship']), [start.at, selling([], saying(answer))])
      const { local, placeLocal } = at(day)
      const { member } = replayed(of, [...events, tick(at(day))])
      return entitlementsOf(of, member, { benefit: null, local, placeLocal, total: null, opens: null }).map((each) =>
        each.until === null ? null : localText(each.until).slice(0, 10),
      )
    }
    const [started, renewed] = [fee('started', '2026-03-01'), fee('renewed', '2027-02-20')]
    const late = fee('started', '2026-07-01')
    expect([has(keep, '2026-06-14', started), has(keep, '2026-06-15', started)]).toEqual([
      ['2027-03-15'],
      ['2027-03-01'],
    ])
    expect([has(keep, '2027-02-28', started, renewed), has(keep, '2027-03-01', started, renewed)]).toEqual([
      ['2027-03-01'],
      [],
    ])
    const soon = through('2026-09-01')
    expect([has(soon, '2026-08-31', started), has(soon, '2026-09-01', started)]).toEqual([['2026-09-01'], []])
    expect([has(keep, '2026-07-02', late), has(soon, '2026-07-02', late)]).toEqual([[], []])
    // What runs goes on running: only the benefit ends with the day.
    const of = timelineOf(selling(['ship']), [start.at, selling([], saying(soon))])
    expect(replayed(of, [started, tick(at('2026-10-01'))]).member.plans).toMatchObject([{ ended: null }])
  })
})
