import {
  cardProgressOf,
  challengeProgressOf,
  dayOf,
  decide,
  lapseOf,
  type Member,
  type MemberStanding,
  progressOf,
  statusOf,
  type Timeline,
  type TimePassed,
  type Voucher,
} from '@laurel/engine'

/** A member as of a moment, read off the engine's state: time is let pass first, and nothing is kept of it (TIME-4). */
export function standingOf(timeline: Timeline, state: Member, passed: TimePassed): MemberStanding {
  const { member } = decide(timeline, state, passed)
  return {
    balances: member.assets,
    lots: member.assets.flatMap(({ asset, lots }) =>
      lots.map(({ amount, lastDay }) => {
        const lapse = lapseOf({ timeline }, member, asset, lastDay)
        return { asset, amount, lapsesAfter: lapse === null ? null : dayOf(lapse) - 1 }
      }),
    ),
    tiers: progressOf(timeline, member, passed.stamp.local).map(({ ladder, level, atRisk, toRise, toStay }) => ({
      ladder,
      level,
      atRisk,
      toRise: toRise?.missing ?? null,
      toStay: toStay?.missing ?? null,
    })),
    segments: member.segments,
    tags: member.tags,
    vouchers: vouchersOf(member),
    state: statusOf(member),
    challenges: challengeProgressOf(timeline, member, passed.stamp.local),
    cards: cardProgressOf(timeline, member, passed.stamp.local),
    badges: (member.badges ?? []).map(({ badge }) => badge),
  }
}

/** Open and closed, as they were issued. */
export const vouchersOf = ({ vouchers = [], closed = {} }: Member): readonly Voucher[] =>
  [...vouchers, ...Object.values(closed)].sort((a, b) => a.issued - b.issued || (a.id < b.id ? -1 : 1))
