import {
  type Activity,
  type Challenge,
  type ChallengeReached,
  challengeProgressOf,
  type Effect,
  type Goal,
  type MemberEvent,
  replay,
  type Timeline,
} from '@laurel/engine'
import { describe, expect, test } from 'vitest'
import { challenge, goal } from '../vectors/goal-builder.ts'
import { line, mergeOf, on, paid, refund, refundOfLine } from '../vectors/history-builder.ts'
import { days, earning, everyone, points, program, timelineOf } from '../vectors/program-builder.ts'
import { balanceOf, live, ofType, permutations } from '../vectors/reading.ts'

const thrice = (parts: Partial<Goal> = {}): Goal => goal({ target: 3, ...parts })

const moods = (parts: Partial<Challenge> = {}): Challenge =>
  challenge('moods', { goal: thrice(), awards: [{ type: 'amount', asset: 'points', amount: 100 }], ...parts })

/** Nothing is earned but what the challenge gives. */
const challenging = (parts: Partial<Challenge> = {}): Timeline =>
  timelineOf(
    program({
      assets: [points(), points({ id: 'miles' })],
      onOrder: [earning({ asset: 'miles' })],
      badges: new Map([['explorer', { id: 'explorer', name: {}, each: 'ever' }]]),
      challenges: new Map([['moods', moods(parts)]]),
      refunds: { accept: days(60), shortfall: 'debt', limit: new Map() },
    }),
  )

const buys = (order: string, date: string, amount = 1000) => paid(order, on(date), amount)
const of = (order: string, date: string, brand: string) => paid(order, on(date), [line('1', 1000, { brand })])
const back = (order: string, date: string, amount = 1000) => refund(`back-${order}`, order, on(date), amount)

const review = (id: string, date: string, place: string | null = null): Activity => ({
  type: 'activity',
  source: 'shop',
  id,
  stamp: on(date),
  name: 'review',
  place,
  channel: null,
  facts: {},
})

const textOf = ({ what, stands }: ChallengeReached): string =>
  `${what.type}${what.type === 'milestone' ? ` ${what.milestone}` : ''}${stands ? '' : ' undone'}`
const reachedOf = (effects: readonly Effect[]): string[] => ofType(effects, 'challenge-reached').map(textOf)

function after(timeline: Timeline, events: readonly MemberEvent[]) {
  const { member, decisions } = live(timeline, events)
  return {
    member,
    points: balanceOf(member).active,
    reached: decisions.map(({ effects }) => reachedOf(effects).join()),
  }
}

const progressOn = (timeline: Timeline, events: readonly MemberEvent[], date: string) =>
  challengeProgressOf(timeline, live(timeline, events).member, on(date).local)[0]

const three = [buys('o1', '2026-03-01T09:00'), buys('o2', '2026-03-02T09:00'), buys('o3', '2026-03-03T09:00')]

describe('GAME-1', () => {
  test('the goal is awarded once in a window, by the event that meets it', () => {
    const events = [...three, buys('o4', '2026-03-04T09:00'), buys('o5', '2026-04-01T09:00')]
    expect(after(challenging(), events)).toMatchObject({ points: 100, reached: ['', '', 'goal', '', ''] })
  })

  test('each window begins anew, or the first that is met is the last', () => {
    const april = ['2026-04-01', '2026-04-02', '2026-04-03'].map((date) => buys(date, date))
    expect(after(challenging(), [...three, ...april]).points).toBe(200)
    expect(after(challenging({ repeat: 'once' }), [...three, ...april]).points).toBe(100)
  })

  test('again and again within one window: every third order', () => {
    const more = [4, 5, 6, 7].map((day) => buys(`o${day}`, `2026-03-0${day}T09:00`))
    expect(after(challenging({ repeat: 'always' }), [...three, ...more])).toMatchObject({
      points: 200,
      reached: ['', '', 'goal', '', '', 'goal', ''],
    })
  })

  test('at least is not more than', () => {
    const spend = { measure: { type: 'spend' }, target: 3000 } as const
    expect(after(challenging({ goal: thrice(spend) }), three).points).toBe(100)
    const more = challenging({ goal: thrice({ ...spend, comparison: 'moreThan' }) })
    expect(after(more, three).points).toBe(0)
    expect(after(more, [...three, buys('o4', '2026-03-04T09:00', 1)]).points).toBe(100)
  })

  test('one single order is not what several spend together', () => {
    const single = challenging({ goal: thrice({ measure: { type: 'order' }, target: 2500 }) })
    expect(after(single, three).points).toBe(0)
    expect(after(single, [...three, buys('o4', '2026-03-04T09:00', 2500)]).points).toBe(100)
    const more = challenging({ goal: thrice({ measure: { type: 'order' }, target: 2500, comparison: 'moreThan' }) })
    expect(after(more, [buys('o4', '2026-03-04T09:00', 2500)]).points).toBe(0)
    expect(after(more, [buys('o4', '2026-03-04T09:00', 2501)]).points).toBe(100)
  })

  test('items, and the spend of lines, are those of the lines that count', () => {
    const isWine = {
      text: 'wine',
      test: ({ line: one }: { line: { category: string } | null }) => one?.category === 'wine',
    }
    const basket = paid('o1', on('2026-03-01T09:00'), [
      line('1', 4000, { quantity: 4, categories: ['wine'] }),
      line('2', 9000, { quantity: 9, categories: ['bread'] }),
    ])
    const progress = (parts: Partial<Goal>) =>
      progressOn(challenging({ goal: thrice({ target: 10_000, lines: isWine, ...parts }) }), [basket], '2026-03-02')
        ?.progress
    expect(progress({ measure: { type: 'items' } })).toBe(4)
    expect(progress({ measure: { type: 'spend' } })).toBe(4000)
    expect(progress({ measure: { type: 'orders' } })).toBe(1)
  })

  test('a visit is a day, whatever happened on it', () => {
    const visits = challenging({ goal: thrice({ measure: { type: 'visits' }, target: 5 }) })
    const events = [...three, review('r1', '2026-03-03T12:00'), review('r2', '2026-03-04T12:00')]
    expect(progressOn(visits, events, '2026-03-05')?.progress).toBe(4)
  })

  test('activities of one name, and what rules gave', () => {
    const reviews = challenging({ goal: thrice({ measure: { type: 'activities', name: 'review' } }) })
    expect(progressOn(reviews, [...three, review('r1', '2026-03-03T12:00')], '2026-03-05')?.progress).toBe(1)
    const earned = challenging({ goal: thrice({ measure: { type: 'earned', asset: 'miles' }, target: 100 }) })
    expect(progressOn(earned, three, '2026-03-05')?.progress).toBe(30)
  })

  test('different brands count once each, for as long as an order of them stands', () => {
    const brands = challenging({ goal: thrice({ distinct: 'brand' }) })
    const events = [
      of('o1', '2026-03-01', 'acme'),
      of('o2', '2026-03-02', 'acme'),
      of('o3', '2026-03-03', 'bolt'),
      back('o1', '2026-03-04'),
    ]
    expect(progressOn(brands, events, '2026-03-05')?.progress).toBe(2)
    expect(progressOn(brands, [...events, back('o2', '2026-03-04T10:00')], '2026-03-05')?.progress).toBe(1)
  })

  test('different places of activities', () => {
    const measure = { type: 'activities', name: 'review' } as const
    const places = challenging({ goal: thrice({ measure, distinct: 'place' }) })
    const events = [
      review('r1', '2026-03-01', 'north'),
      review('r2', '2026-03-02', 'north'),
      review('r3', '2026-03-03', 'south'),
      review('r4', '2026-03-04'),
    ]
    expect(progressOn(places, events, '2026-03-05')?.progress).toBe(2)
  })

  test('a challenge is for those it is for, where and when it says', () => {
    const nobody = { ...everyone, segments: ['students'] }
    expect(after(challenging({ audience: nobody }), three).points).toBe(0)
    const during = {
      from: null,
      through: on('2026-03-03').local,
      weekdays: null,
      hours: null,
      except: new Set<number>(),
    }
    expect(progressOn(challenging({ during }), three, '2026-03-05')?.progress).toBe(2)
  })

  test('progress says how far, what is missing and until when', () => {
    const milestones = [{ id: 'second', reach: 2, awards: [{ type: 'badge', badge: 'explorer' }] }] as const
    const timeline = challenging({ milestones })
    const events = three.slice(0, 2)
    expect(progressOn(timeline, events, '2026-03-05')).toEqual({
      challenge: 'moods',
      from: on('2026-03-01').local,
      until: on('2026-04-01').local,
      progress: 2,
      target: 3,
      missing: 1,
      met: 0,
      milestones: [{ id: 'second', reach: 2, reached: true }],
      streak: null,
    })
    expect(progressOn(timeline, three, '2026-03-05')).toMatchObject({
      progress: 3,
      target: null,
      missing: null,
      met: 1,
    })
    expect(progressOn(timeline, three, '2026-04-01')).toMatchObject({ progress: 0, target: 3, missing: 3, met: 0 })
    expect(after(timeline, three)).toMatchObject({
      member: { badges: [{ badge: 'explorer' }] },
      reached: ['', 'milestone second', 'goal'],
    })
  })
})

describe('REF-5', () => {
  test('progress steps back, in the window of the order', () => {
    const timeline = challenging()
    const events = [...three.slice(0, 2), back('o1', '2026-04-02T09:00')]
    expect(progressOn(timeline, events, '2026-03-31')?.progress).toBe(1)
    expect(progressOn(timeline, events, '2026-04-03')?.progress).toBe(0)
  })

  test('the award of a finished challenge stays, and is not given again', () => {
    const again = [back('o1', '2026-03-04T09:00'), buys('o4', '2026-03-05T09:00')]
    expect(after(challenging(), [...three, ...again])).toMatchObject({
      points: 100,
      reached: ['', '', 'goal', '', ''],
    })
  })

  test('where the challenge says so it goes back, and comes again', () => {
    const again = [back('o1', '2026-03-04T09:00'), buys('o4', '2026-03-05T09:00')]
    const timeline = challenging({ afterRefund: 'revoke' })
    expect(after(timeline, [...three, back('o1', '2026-03-04T09:00')]).points).toBe(0)
    expect(after(timeline, [...three, ...again])).toMatchObject({
      points: 100,
      reached: ['', '', 'goal', 'goal undone', 'goal'],
    })
  })

  test('a line that is given back takes its value and its items with it', () => {
    const items = challenging({ goal: thrice({ measure: { type: 'items' }, target: 10 }) })
    const basket = paid('o1', on('2026-03-01T09:00'), [line('a', 1000), line('b', 1000)])
    const events = [basket, refundOfLine('back', 'o1', on('2026-03-02T09:00'), 'a')]
    expect(progressOn(items, events, '2026-03-05')?.progress).toBe(1)
  })

  test('windows that no refund reaches any more are only counted', () => {
    const later = [buys('o4', '2026-06-20T09:00'), buys('o5', '2026-06-21T09:00')]
    const { member } = after(challenging({ repeat: 'once' }), [...three, ...later])
    expect(member.challenges).toMatchObject([{ settled: 1, windows: [{ from: on('2026-06-01').local }] }])
  })
})

describe('GAME-1 streaks', () => {
  const streak = { reach: 3, freeze: 1, awards: [{ type: 'amount', asset: 'points', amount: 500 }] } as const
  const monthly = (parts: Partial<Challenge> = {}) =>
    challenging({ goal: thrice({ target: 1 }), awards: [], streak, ...parts })
  const inMonths = (...months: readonly number[]) =>
    months.map((month) => buys(`in-${month}`, `2026-${String(month).padStart(2, '0')}-10T09:00`))

  test('so many windows in a row, one of which may be missed', () => {
    expect(after(monthly(), inMonths(1, 2, 3)).points).toBe(500)
    expect(after(monthly(), inMonths(1, 3, 4)).points).toBe(500)
    expect(after(monthly(), inMonths(1, 4, 5)).points).toBe(0)
    // What is too far back no longer counts, what came after it does.
    expect(after(monthly(), inMonths(1, 3, 5, 6)).points).toBe(500)
  })

  test('each window serves one streak', () => {
    expect(after(monthly(), inMonths(1, 2, 3, 4, 5)).points).toBe(500)
    expect(after(monthly(), inMonths(1, 2, 3, 4, 5, 6)).points).toBe(1000)
  })

  test('progress says how many are in a row, and how many may yet be missed', () => {
    const at = (events: readonly MemberEvent[], date: string) => progressOn(monthly(), events, date)?.streak
    expect(at(inMonths(1, 2), '2026-03-05')).toEqual({ count: 2, reach: 3, freezesLeft: 1 })
    expect(at(inMonths(1, 2), '2026-04-05')).toEqual({ count: 2, reach: 3, freezesLeft: 0 })
    expect(at(inMonths(1, 2), '2026-05-05')).toEqual({ count: 0, reach: 3, freezesLeft: 1 })
  })

  test('a refund breaks a streak where awards go back, and its other windows serve the next', () => {
    const timeline = monthly({ afterRefund: 'revoke' })
    const broken = [...inMonths(1, 2, 3), back('in-3', '2026-03-20T09:00')]
    expect(after(timeline, broken)).toMatchObject({
      points: 0,
      reached: ['goal', 'goal', 'goal,streak', 'goal undone,streak undone'],
    })
    expect(after(timeline, [...broken, ...inMonths(4)]).points).toBe(500)
  })
})

describe('EVT-2', () => {
  test('facts in any order end in the same progress, awards and streaks', () => {
    const timeline = challenging({ afterRefund: 'revoke', milestones: [{ id: 'one', reach: 1, awards: [] }] })
    const facts = [...three, back('o2', '2026-03-04T09:00'), buys('o4', '2026-03-05T09:00')]
    const tidy = replay(timeline, facts).member
    for (const arrival of permutations(facts)) expect(replay(timeline, arrival).member).toEqual(tidy)
    expect(tidy.challenges).toMatchObject([{ windows: [{ tally: [['', 3]] }] }])
  })
})

describe('GAME-1 MRG-1 of two members who become one', () => {
  const points = (timeline: Timeline, ...events: MemberEvent[]) => balanceOf(live(timeline, events).member).active
  const twice = challenging({ goal: thrice({ target: 2 }) })

  test('together they have met it, also in a window before the last', () => {
    const ben = mergeOf(on('2026-03-20'), buys('b1', '2026-02-10'), buys('b2', '2026-03-10'))
    expect(points(twice, buys('a1', '2026-02-12'), ben)).toBe(100)
    expect(points(twice, buys('a1', '2026-02-12'), buys('a2', '2026-03-12'), ben)).toBe(200)
  })

  test('what either has met is not awarded again', () => {
    const ben = mergeOf(on('2026-03-20'), buys('b1', '2026-02-10'), buys('b2', '2026-02-11'))
    const { member, decisions } = live(twice, [buys('a1', '2026-02-12'), buys('a2', '2026-02-13'), ben])
    expect(balanceOf(member).active).toBe(200)
    expect(reachedOf(decisions.at(-1)?.effects ?? [])).toEqual([])
    expect(member.challenges?.[0]?.windows.map(({ tally }) => tally)).toEqual([[['', 4]]])
  })

  test('each keeps what was met once, and neither award goes back for the other’s', () => {
    const parts = { goal: thrice({ target: 1 }), repeat: 'once', afterRefund: 'revoke' } as const
    const once = challenging(parts)
    const ben = mergeOf(on('2026-03-20'), buys('b1', '2026-02-10'))
    const events = [buys('a1', '2026-03-10'), ben]
    expect(points(once, ...events)).toBe(200)
    expect(points(once, ...events, back('a1', '2026-03-21'))).toBe(100)
    expect(points(once, ...events, back('b1', '2026-03-21'))).toBe(100)
    // Nor is it met a third time.
    expect(points(once, ...events, buys('a2', '2026-04-02'))).toBe(200)
  })

  test('REF-7 what no refund reaches any more stays as it was: it is not met late', () => {
    const ben = mergeOf(on('2026-06-01'), buys('b1', '2026-02-10'))
    const { member } = live(twice, [buys('a1', '2026-02-12'), ben])
    expect([balanceOf(member).active, member.challenges]).toEqual([0, undefined])
  })

  test('windows that the one has met and the other has met make one streak, and each window serves one', () => {
    const streak = { reach: 2, freeze: 0, awards: [{ type: 'amount', asset: 'points', amount: 7 }] } as const
    const inARow = challenging({ goal: thrice({ target: 1 }), awards: [], streak })
    const february = mergeOf(on('2026-03-20'), buys('b1', '2026-02-10'))
    expect(points(inARow, buys('a1', '2026-03-12'), february)).toBe(7)
    expect(points(inARow, buys('a1', '2026-01-12'), february)).toBe(7)
    const both = mergeOf(on('2026-03-20'), buys('b1', '2026-02-10'), buys('b2', '2026-03-10'))
    const next = buys('a3', '2026-04-02')
    expect(points(inARow, buys('a1', '2026-03-12'), both, next)).toBe(7)
    expect(points(inARow, buys('a1', '2026-03-12'), both, next, buys('a4', '2026-05-02'))).toBe(14)
  })
})
