import type { Lots, MemberAnswer, NoticeAnswer, Tier } from '@laurel/contract'
import {
  dayOf,
  dayText,
  type LocalTime,
  type Lot,
  type LotEnd,
  lapseOf,
  localText,
  type Member,
  type Notice,
  noticesDue,
  orderOfOwner,
  progressOf,
  type Timeline,
} from '@laurel/engine'
import { inProgramOrder } from '../decisions/balances.ts'
import type { GatheredMember } from './gather-member.ts'

/** A member in the words of the interface: days and wall clocks as text, amounts in smallest units. */

export const holdsOf = (member: Member): MemberAnswer['holds'] =>
  member.holds.map(({ redemption, reward, asset, amount, untilAt }) => ({
    redemption,
    reward,
    asset,
    amount,
    until: new Date(untilAt).toISOString(),
  }))

export const membershipsOf = ({ plans = [] }: Member): MemberAnswer['memberships'] =>
  plans.map(({ plan, since, until, endsAt, trial, failing, cancelled, ended, fees }) => ({
    ...{ plan, trial, failing, cancelled, fees },
    since: localText(since),
    until: localText(until),
    ends: localText(endsAt),
    ended: textOf(ended),
  }))

export function tiersOf({ timeline, member, stamp }: GatheredMember): Tier[] {
  return progressOf(timeline, member, stamp.local).map(
    ({ ladder, level, since, sum, toRise, toStay, atRisk, heldBy }) => ({
      ladder,
      level,
      since: textOf(since),
      sum,
      toRise: toRise === null ? null : { ...toRise, until: textOf(toRise.until) },
      toStay: toStay && {
        ...toStay,
        until: localText(toStay.until),
        countsUntil: localText(toStay.countsUntil),
      },
      atRisk,
      heldBy,
    }),
  )
}

const textOf = (local: LocalTime | null): string | null => (local === null ? null : localText(local))

export function lotsOf({ timeline, member }: GatheredMember): Omit<Lots, 'member'> {
  return {
    lots: inProgramOrder(timeline, member.assets).flatMap(({ asset, lots }) =>
      lots.map((lot) => ({
        asset,
        amount: lot.amount,
        lastDay: endText(lot.lastDay),
        lapsesAfter: lapseDayOf(timeline, member, asset, lot),
        priority: lot.priority,
      })),
    ),
    pending: member.pending.map(({ asset, amount, owner, dueOn, awaits }) => ({
      asset,
      amount,
      order: orderOfOwner(owner),
      activeOn: dayText(dueOn),
      awaits,
    })),
  }
}

/** Which stretch of inactivity it is says nothing to anybody: one runs at a time. */
const endText = (end: LotEnd): string => (typeof end === 'number' ? dayText(end) : end === 'never' ? end : 'idle')

/** The last day as things are now, also where it goes by the last activity. */
function lapseDayOf(timeline: Timeline, member: Member, asset: string, lot: Lot): string | null {
  const lapse = lapseOf({ timeline }, member, asset, lot.lastDay)
  return lapse === null ? null : dayText(dayOf(lapse) - 1)
}

export function noticesOf({ timeline, member, stamp }: GatheredMember): NoticeAnswer[] {
  return noticesDue(timeline, member, stamp.local).map(noticeOf)
}

function noticeOf(notice: Notice): NoticeAnswer {
  switch (notice.kind) {
    case 'points-will-lapse':
      return { ...notice, lots: notice.lots.map(({ lastDay, amount }) => ({ lastDay: dayText(lastDay), amount })) }
    case 'program-closes':
      return { ...notice, earnsUntil: localText(notice.earnsUntil), burnsUntil: localText(notice.burnsUntil) }
    case 'seat-kept':
      return { ...notice, until: localText(notice.until) }
    case 'session-moved':
      return { ...notice, starts: localText(notice.starts) }
    case 'tier-will-fall':
    case 'tier-at-risk':
      return { ...notice, on: dayText(notice.on), countsUntil: localText(notice.countsUntil) }
    case 'session-called-off':
    case 'award-sold-out':
      return { ...notice, on: dayText(notice.on) }
  }
}
