import {
  armOf,
  type Challenge,
  decide,
  type Goal,
  type Member,
  type MemberEvent,
  newMember,
  type ReferralTold,
} from '@laurel/engine'
import { describe, expect, test } from 'vitest'
import { audit } from '../auditor/audit.ts'
import { compare } from '../auditor/compare.ts'
import { challenge, goal, referral } from '../vectors/goal-builder.ts'
import { line, on, paid, refund } from '../vectors/history-builder.ts'
import { merge } from '../vectors/merging.ts'
import { earning, program, timelineOf } from '../vectors/program-builder.ts'
import { balanceOf } from '../vectors/reading.ts'

/** What an order, an activity or a friend counts for a challenge that is tried on half of the members, and goes on counting. */

const half = { numerator: 1, denominator: 2 }
/** A member's own number by which it is in one arm of everything that is tried. */
function numberOf(isOut: boolean): number {
  const isWanted = (chance: number) =>
    ['challenge:moods', 'rule:base'].every((id) => armOf({ chance }, id, half)?.heldOut === isOut)
  const chances = Array.from({ length: 100 }, (_, index) => Math.imul(index + 1, 0x9e3779b1) >>> 0)
  return chances.find(isWanted) ?? 0
}
const [treated, heldOut] = [numberOf(false), numberOf(true)]

const counting = (of: Partial<Goal>): Challenge =>
  challenge('moods', { goal: goal({ target: 9000, ...of }), window: { type: 'lifetime' }, holdout: half })
const trying = (of: Partial<Goal>) =>
  timelineOf(
    program({
      ...{ staffEarn: true, onOrder: [earning({ holdout: half })], referral: referral() },
      challenges: new Map([['moods', counting(of)]]),
    }),
  )
const spending: Partial<Goal> = { measure: { type: 'spend' } }

/** What counts in the end; the second book agrees after every event. */
function counted(of: Partial<Goal>, chance: number, events: readonly MemberEvent[]) {
  const timeline = trying(of)
  let member: Member = { ...newMember(), chance }
  for (const [index, event] of events.entries()) {
    member = decide(timeline, member, event).member
    expect(compare(audit(timeline, events.slice(0, index + 1), chance), member)).toEqual([])
  }
  return { tally: (member.challenges ?? []).flatMap(({ windows }) => windows.flatMap(({ tally }) => tally)), member }
}

const marked = (at: string, mark: 'staff' | 'test' | 'none'): MemberEvent => ({
  ...{ type: 'member.changed', source: 'shop', id: `mark-${at}`, stamp: on(at), segments: null, tags: null, mark },
})
const order = (id: string, at: string, total = 2000) => paid(id, on(at), total)
const edited = (id: string, at: string, total: number, via?: string): MemberEvent => ({
  ...{ ...paid(id, on(at), [line('1', total)]), type: 'order.edited', id: `edit-${id}` },
  ...(via === undefined ? null : { via }),
})
const failed = (id: string, order: string, at: string): MemberEvent => ({
  ...{ type: 'refund.failed', source: 'shop', id: `failed-${id}`, stamp: on(at), order, refund: id },
})
const gone = (chance: number, ...past: readonly Exclude<MemberEvent, { type: 'time.passed' }>[]): MemberEvent => ({
  ...{ type: 'merge.received', source: 'laurel', id: 'ben/m1', stamp: on('2026-03-05'), merge: 'laurel/m1' },
  ...{ from: 'ben', into: 'ada' },
  brought: {
    events: [...past, merge('2026-03-05')].filter((event) => event.type !== 'time.passed'),
    told: { chance },
  },
})
const friend = (type: ReferralTold['type'], at: string, round: number): ReferralTold => ({
  ...{ type, source: 'laurel', id: `cy/${round}`, stamp: on(at), from: 'cy', round, terms: 1 },
})

describe('EXP-1 END-3 what was held out of a challenge', () => {
  const before = [order('a', '2026-03-02'), marked('2026-03-03', 'staff')]

  test('takes nothing off once its member is marked, by a refund, an edit or a cancellation', () => {
    const cancelled: MemberEvent = {
      ...{ type: 'order.cancelled', source: 'shop', id: 'c', stamp: on('2026-03-04'), order: 'a', by: 'shop' },
    }
    for (const after of [refund('r', 'a', on('2026-03-04'), 500), edited('a', '2026-03-04', 3000), cancelled]) {
      expect(counted(spending, heldOut, [...before, after]).tally).toEqual([])
      expect(counted(spending, heldOut, [...before, order('b', '2026-03-03'), after]).tally).toEqual([['', 2000]])
    }
  })

  test('of activities adds nothing to what counts since the mark', () => {
    const review = (at: string): MemberEvent => ({
      ...{ type: 'activity', source: 'shop', id: at, stamp: on(at), name: 'review', facts: {} },
      ...{ place: null, channel: null },
    })
    const events = [review('2026-03-01'), ...before, review('2026-03-04')]
    expect(counted({ measure: { type: 'activities', name: 'review' } }, heldOut, events).tally).toEqual([['', 1]])
  })

  test('RFL-1 of friends takes nothing off when they are reversed, also by whoever goes on as the member', () => {
    const friends: Partial<Goal> = { measure: { type: 'referrals' } }
    const came = friend('referral.qualified', '2026-03-02', 2)
    const went = friend('referral.reversed', '2026-03-06', 3)
    expect(counted(friends, treated, [came]).tally).toEqual([['', 1]])
    expect(counted(friends, treated, [came, went]).tally).toEqual([])
    expect(counted(friends, heldOut, [came, marked('2026-03-03', 'test'), went]).tally).toEqual([])
    expect(counted(friends, treated, [gone(heldOut, came), { ...went, via: 'ben' }]).tally).toEqual([])
  })
})

describe('EXP-1 END-3 what counted for a challenge', () => {
  const before = [marked('2026-03-01', 'staff'), order('a', '2026-03-02'), marked('2026-03-03', 'none')]
  const back = refund('r', 'a', on('2026-03-05'), 2000)

  test('while its member was marked goes on counting where the member is held out, and with it its refund', () => {
    const events = [...before, order('b', '2026-03-04')]
    expect(counted(spending, heldOut, events).tally).toEqual([['', 2000]])
    expect(counted(spending, heldOut, [...events, back]).tally).toEqual([])
    expect(counted(spending, heldOut, [...events, back, failed('r', 'a', '2026-03-06')]).tally).toEqual([['', 2000]])
    expect(counted(spending, heldOut, [...events, edited('a', '2026-03-06', 2500)]).tally).toEqual([['', 2500]])
  })

  test('is nothing that the member has met, who is drawn by the first that counts without the mark', () => {
    expect(counted(spending, heldOut, before).member.arms).toBeUndefined()
    const { arms } = counted(spending, heldOut, [...before, order('b', '2026-03-04')]).member
    expect(arms?.find(({ experiment }) => experiment === 'challenge:moods')?.heldOut).toBe(true)
  })

  test('MRG-1 of one who was treated goes on counting for one who is held out, and with it its refund', () => {
    const events = [order('b', '2026-03-03'), gone(treated, order('a', '2026-03-02'))]
    expect(counted(spending, heldOut, events).tally).toEqual([['', 2000]])
    expect(counted(spending, heldOut, [...events, { ...back, via: 'ben' }]).tally).toEqual([])
    expect(counted(spending, heldOut, [...events, edited('a', '2026-03-06', 2500, 'ben')]).tally).toEqual([['', 2500]])
  })
})

test('EXP-1 EVT-1 an order that says the same again meets nothing anew, whoever it is of by then', () => {
  const again = { ...order('a', '2026-03-06'), id: 'again', via: 'ben' }
  const events = [order('b', '2026-03-03'), gone(treated, order('a', '2026-03-02'))]
  const { member } = counted(spending, heldOut, events)
  expect(balanceOf(member).active).toBe(20)
  const told = counted(spending, heldOut, [...events, again]).member
  expect([told.assets, told.orders, told.arms]).toEqual([member.assets, member.orders, member.arms])
})
