import { NOTHING_BESIDE } from '../condition-keys.ts'
import type { BadgeText } from '../document/games.ts'
import type { CharityText, MembershipText, PartnerText, PlaceText, PoolText } from '../document/parties.ts'
import type { ClosingText, SegmentText } from '../document/policies.ts'
import type {
  Badge,
  Charity,
  Closing,
  ImpactUnit,
  MembershipPlan,
  Partner,
  Place,
  PoolPlan,
  Segment,
} from '../program.ts'
import { audienceOf, awardsOf, type Compiling, conditionOf, endOf, holdoutOf } from './parts.ts'

export const badgeOf = (id: string, badge: BadgeText): Badge => ({
  id,
  name: badge.name ?? {},
  each: badge.each ?? 'ever',
})

export const membershipOf = (id: string, plan: MembershipText): MembershipPlan => ({
  id,
  name: plan.name ?? {},
  fee: plan.fee.minor,
  every: plan.every,
  trial: plan.trial,
  grace: plan.grace,
  cancel: plan.cancel ?? 'period-end',
  benefits: plan.benefits ?? [],
  entry: awardsOf(plan.entry),
  audience: audienceOf(plan.for),
  holdout: holdoutOf(plan.holdout, null),
})

export const poolOf = (id: string, pool: PoolText): PoolPlan => ({
  id,
  name: pool.name ?? {},
  asset: pool.of,
  share: pool.share,
  burn: pool.burn ?? 'everyone',
  membersMax: pool.most,
  leaving: pool.leaving,
})

export const partnerOf = (id: string, partner: PartnerText): Partner => ({
  id,
  name: partner.name ?? {},
  settles:
    partner.settles === null
      ? null
      : { asset: partner.settles.asset, amount: partner.settles.units, minor: partner.settles.minor },
  earn: partner.earn !== 'no',
  burn: partner.burn === 'yes',
})

export const charityOf = (id: string, charity: CharityText): Charity => ({
  id,
  name: charity.name ?? {},
  impact: charity.impact === null ? null : { per: impactUnitOf(charity.impact.per), of: charity.impact.brings },
})

function impactUnitOf(per: NonNullable<CharityText['impact']>['per']): ImpactUnit {
  switch (per.type) {
    case 'amount':
      return { type: 'amount', asset: per.asset, amount: per.units }
    case 'money':
      return { type: 'worth', minor: per.minor }
  }
}

export const placeOf = (place: PlaceText, zone: string): Place => ({
  zone: place.zone ?? zone,
  name: place.name ?? {},
  partner: place.partner,
})

export const segmentOf = (compiling: Compiling, id: string, segment: SegmentText): Segment => ({
  id,
  name: segment.name ?? {},
  when: conditionOf(compiling, segment.when, 'member', NOTHING_BESIDE),
})

export const closingOf = (closing: ClosingText): Closing => ({
  notice: closing.notice.local,
  earnsUntil: endOf(closing.lastEarn),
  burnsUntil: endOf(closing.lastBurn),
  left: closing.left,
})
