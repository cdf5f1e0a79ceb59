import type { Award, MemberEvent, Referral, ReferralTold } from '@laurel/engine'
import { livesOfDays } from '../generators/scale.ts'
import type { Case } from '../properties/cases.ts'
import { goal, referral } from '../vectors/goal-builder.ts'
import { on, paid, refund, tick, useVoucher } from '../vectors/history-builder.ts'
import { capOf, days, program, reward, timelineOf } from '../vectors/program-builder.ts'

/** Friends by hand (RFL-1): what is kept, what was never given, and words that overtake one another. */

const gives: readonly Award[] = [
  { type: 'amount', asset: 'points', amount: 100 },
  { type: 'reward', reward: 'cup' },
]
const terms = referral({
  ...{ friend: gives, advocate: gives, hold: days(2) },
  qualifies: goal({ measure: { type: 'spend' }, target: 1000 }),
  cap: capOf('referral', 1, { counts: 'times', span: { type: 'ever' }, edge: 'refuse' }),
})

const story = (...events: MemberEvent[]): Case => storyOf(terms, events)

const storyOf = (referral: Referral, events: readonly MemberEvent[]): Case => ({
  scale: livesOfDays,
  timeline: timelineOf(program({ onOrder: [], referral, rewards: new Map([['cup', reward('cup')]]) })),
  events,
})

const claim: MemberEvent = {
  ...{ type: 'referral.claim', source: 'shop', id: 'claim', stamp: on('2026-03-01') },
  ...{ advocate: 'ada', signals: [], recent: 1, answer: null },
}
const bought = paid('o1', on('2026-03-01T09:00'), 1000)
const failed: MemberEvent = {
  ...{ type: 'refund.failed', source: 'shop', id: 'failed', stamp: on('2026-03-07'), order: 'o1', refund: 'back' },
}
const told = (type: ReferralTold['type'], from: string, at: string, round: number): MemberEvent => ({
  ...{ type, source: 'shop', id: `${from}-${round}`, stamp: on(at), from, terms: 1, round },
})
const qualified = (from: string, at: string, round = 2) => told('referral.qualified', from, at, round)
const reversed = (from: string, at: string, round = 3) => told('referral.reversed', from, at, round)

export const craftedReferrals: readonly Case[] = [
  // The cup is drunk: the friend keeps all of it, and has it already when the order stands again.
  story(
    claim,
    bought,
    tick(on('2026-03-03')),
    useVoucher('u1', 'referral/friend/2', on('2026-03-04')),
    refund('back', 'o1', on('2026-03-05'), 1000),
    failed,
  ),
  // Away when it was due: nothing came, and nothing is asked back.
  storyOf({ ...terms, friend: gives.slice(0, 1) }, [
    claim,
    bought,
    { type: 'member.left', source: 'shop', id: 'gone', stamp: on('2026-03-02') },
    tick(on('2026-03-04')),
    refund('back', 'o1', on('2026-03-05'), 1000),
  ]),
  // An order from within the hold does not stand in for the one that was first.
  story(
    claim,
    bought,
    paid('o2', on('2026-03-02'), 1000),
    tick(on('2026-03-04')),
    refund('back', 'o1', on('2026-03-05'), 1000),
  ),
  story(reversed('ben', '2026-03-01'), qualified('ben', '2026-03-02')),
  story(qualified('ben', '2026-03-01'), qualified('cleo', '2026-03-02')),
  story(qualified('ben', '2026-03-01'), reversed('ben', '2026-03-02'), qualified('cleo', '2026-03-03')),
]
