import type { Program } from '../program/program.ts'
import { offsetIn } from '../program/scalar-zone.ts'
import { spokenCondition } from './conditions.ts'
import { type Part, type Said, toAll, toBusiness, when } from './explanation.ts'
import type { Speaker } from './speaker.ts'
import { transitionSentences } from './transitions.ts'

/** What holds for the program as a whole. */

const one = (sentences: readonly Said[]): Part[] =>
  sentences.length === 0 ? [] : [{ id: null, name: null, sentences }]

export function theProgram(speaker: Speaker, program: Program): Part[] {
  const { say } = speaker
  const { inForceFrom, zone, closing } = program
  return one([
    toAll(
      inForceFrom === null || inForceFrom === 'always'
        ? say.countsAlways
        : say.countsFrom({ date: speaker.moment(inForceFrom) }),
    ),
    toAll(say.clock({ zone: speaker.wording.isolate(cityOf(zone)) })),
    ...when(closing, ({ notice, earnsUntil, burnsUntil, left }) => [
      toAll(say.closingEarn({ date: speaker.lastBefore(earnsUntil) })),
      toAll(say.closingSpend({ date: speaker.lastBefore(burnsUntil) })),
      toAll(left.type === 'forfeit' ? say.closingForfeit : closingCharity(speaker, left.charity)),
      ...(program.rewards.size === 0 ? [] : [toAll(say.closingVouchers)]),
      toBusiness(say.closingNotice({ date: speaker.moment(notice) })),
    ]),
    ...transitionSentences(speaker, program),
  ])
}

/** `America/New_York` is the clock of New York, and `Etc/GMT+1` that of UTC−1: its sign is turned round. */
const cityOf = (zone: string): string => offsetIn(zone) ?? zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ')

const closingCharity = (speaker: Speaker, id: string): string =>
  speaker.say.closingCharity({ charity: speaker.name(speaker.program.charities.get(id)?.name, id) })

/** A program in which nothing is bought with anything has nothing to take back. */
export function returns(speaker: Speaker, { late, refunds }: Program): Part[] {
  if (speaker.program.assets.length === 0) return []
  const { say } = speaker
  const limits = [...refunds.limit].map(([asset, amount]) => speaker.amount(asset, amount))
  return one([
    toAll(say.returnsTake),
    toAll(refunds.shortfall === 'debt' ? say.shortfallDebt : say.shortfallWaive),
    ...(refunds.shortfall === 'debt' && limits.length > 0
      ? [toAll(say.shortfallLimit({ amounts: speaker.all(limits) }))]
      : []),
    ...(late.debt === 'waive' ? [toAll(say.lateDebtWaived)] : []),
    toAll(say.returnsAccept({ period: speaker.period(refunds.accept) })),
  ])
}

export function belonging(speaker: Speaker, { leaving, minimumAge, terms }: Program): Part[] {
  const { say } = speaker
  const { months, days, ms } = leaving.forfeitAfter
  const deeds = (of: ReadonlySet<'earn' | 'redeem'>): string =>
    speaker.any(
      ['earn' as const, 'redeem' as const].filter((deed) => of.has(deed)).map((deed) => say.earnAndRedeem[deed]),
    )
  const leaves =
    months + days + ms === 0 ? say.leavingAtOnce : say.leavingForfeit({ period: speaker.period(leaving.forfeitAfter) })
  return one([
    ...when(minimumAge, ({ years, for: of }) =>
      toAll(say.minimumAge({ years: speaker.count('years', years), deeds: deeds(of) })),
    ),
    ...when(terms, ({ for: of }) => toAll(say.terms({ deeds: deeds(of) }))),
    ...(speaker.program.assets.length === 0 ? [] : [toAll(leaves)]),
  ])
}

/** What only whoever runs the program needs to know. */
export function business(speaker: Speaker, program: Program): Part[] {
  const { say } = speaker
  const { late, unknownMembers, staffEarn, publishingNeedsApproval, messagesHoldout, reservationsLastMs, segments } =
    program
  return one([
    toBusiness(say.lateAccept({ period: speaker.period(late.accept) })),
    ...when(late.historyFrom, (from) => toBusiness(say.lateClosed({ date: speaker.moment(from) }))),
    toBusiness(unknownMembers === 'create' ? say.unknownCreated : say.unknownRefused),
    toBusiness(staffEarn ? say.staffEarn : say.staffDoNot),
    ...(program.rewards.size === 0
      ? []
      : [toBusiness(say.reservations({ period: speaker.clock(reservationsLastMs) }))]),
    ...[...segments.values()].flatMap(({ id, name, when: condition }) =>
      when(condition, (told) =>
        toBusiness(say.segment({ segment: speaker.name(name, id), condition: spokenCondition(speaker, told) })),
      ),
    ),
    ...when(messagesHoldout, (share) => toBusiness(say.messagesHeldOut({ percent: speaker.percent(share) }))),
    ...(publishingNeedsApproval ? [toBusiness(say.needsApproval)] : []),
  ])
}
