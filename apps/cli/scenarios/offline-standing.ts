import {
  cardProgressOf,
  challengeProgressOf,
  currentPool,
  dayOf,
  decide,
  entitlementsOf,
  isIn,
  lapseOf,
  type Member,
  type MemberStanding,
  type MemberStatus,
  noticesDue,
  offerProgressOf,
  type PoolStanding,
  plansAt,
  progressOf,
  type ReferralStanding,
  segmentsOf,
  statusOf,
  statusOfReferral,
  type Timeline,
  type TimePassed,
  type Voucher,
} from '@laurel/engine'

/** Of somebody whom the program does not know, has forgotten, or knows as another. */
export const nobody = (state: MemberStatus): MemberStanding => ({
  ...{ balances: [], lots: [], tiers: [], segments: [], tags: [], vouchers: [], badges: [], challenges: [], cards: [] },
  ...{ offers: [], plans: [], notices: [], referral: null, seats: [], ranks: [], benefits: [], state, pool: null },
})

/** A member as of a moment, read off the engine's state: time is let pass first, and nothing is kept of it (TIME-4). */
/** Ranks are among all members, and seats were granted: both come from outside. */
export function standingOf(
  timeline: Timeline,
  state: Member,
  passed: TimePassed,
  { ranks, seats }: Pick<MemberStanding, 'ranks' | 'seats'>,
): MemberStanding {
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
    segments: segmentsOf(timeline, member, passed.stamp.local),
    tags: member.tags,
    vouchers: vouchersOf(member),
    state: statusOf(member),
    pool: currentPool(member)?.pool ?? null,
    ranks,
    seats,
    referral: referralOf(member),
    notices: noticesDue(timeline, member, passed.stamp.local),
    plans: plansAt(member.plans, passed.stamp.local),
    benefits: entitledTo(timeline, member, passed.stamp.local),
    challenges: challengeProgressOf(timeline, member, passed.stamp.local),
    offers: offerProgressOf(timeline, member, passed.stamp.local),
    cards: cardProgressOf(timeline, member, passed.stamp.local),
    badges: (member.badges ?? []).map(({ badge }) => badge),
  }
}

/** A pool, read off the state of its wallet; null: nobody has founded it. */
export function poolStandingOf(state: Member | undefined): PoolStanding | null {
  if (state?.wallet === undefined) return null
  const { asset, people } = state.wallet
  const active = state.assets.find((each) => each.asset === asset)?.active ?? 0
  return { asset, active, members: people.filter(isIn).length }
}

/** How far it has come with whoever sent this member. */
export const referralOf = ({ referral }: Member): ReferralStanding | null =>
  referral === undefined ? null : { status: statusOfReferral(referral), signals: referral.signals }

/** Ids of the benefits that a member has at a moment. Time has been let pass up to it. */
function entitledTo(timeline: Timeline, member: Member, local: number): string[] {
  const question = { benefit: null, local, placeLocal: local, total: null, opens: null }
  return entitlementsOf(timeline, member, question).flatMap(({ benefit, entitled }) => (entitled ? [benefit] : []))
}

/** Open and closed, as they were issued. */
export const vouchersOf = ({ vouchers = [], closed = {} }: Member): readonly Voucher[] =>
  [...vouchers, ...Object.values(closed)].sort((a, b) => a.issued - b.issued || (a.id < b.id ? -1 : 1))
