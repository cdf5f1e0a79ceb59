import { type ExactSum, NOTHING, plus, times } from '../amounts/fraction.ts'
import type { Draft } from '../draft.ts'
import type { OrderContent } from '../event.ts'
import { joinMet, type MetRules, meetRules } from '../experiments/held-out.ts'
import type { Found, Member } from '../member.ts'
import type { Scope } from '../program/condition.ts'
import type { Ladder, Program } from '../program/program.ts'
import type { Situation } from '../rules/applies.ts'
import { CapRoom } from '../rules/caps.ts'
import { earnedByMember } from '../rules/charity.ts'
import { earn } from '../rules/earn.ts'
import type { Stretch } from '../rules/earnable.ts'
import { firstState, indexOf, ladderStateOf, levelIdAt, risesAtOnce, supportOf } from '../tiers/judge.ts'
import { amountFor } from '../tiers/qualify.ts'
import { dayOf, type LocalTime } from '../time/local.ts'
import { eligibleSpend, orderEarnable } from './earnable.ts'
import type { OrderMoney } from './money.ts'
import { situationOf } from './situation.ts'

/** What is judged: an order as it stands, when and where it was paid, and what it found. */
export interface Judged {
  readonly content: OrderContent
  readonly money: OrderMoney
  readonly local: LocalTime
  readonly placeLocal: LocalTime
  readonly found: Found
}

type Rising = NonNullable<Found['rising']>

/**
 * Where the member stands on ladders that an order can climb bit by bit; undefined where no rule splits orders. An order or a
 * visit counts whole or not at all, what is risen to at a period's end is not reached by an order, and an override holds
 * whatever is reached.
 */
export function risingOf(program: Program, member: Member, local: LocalTime): Rising | undefined {
  if (!program.onOrder.some((rule) => rule.crossing === 'split')) return undefined
  const joinedOn = member.joinedOn ?? dayOf(local)
  return program.ladders.flatMap((ladder) => {
    const { type } = ladder.measure
    if ((type !== 'spend' && type !== 'earned') || !risesAtOnce(ladder)) return []
    const state = ladderStateOf(member, ladder.id) ?? firstState(ladder, joinedOn, local)
    if (state.override !== null) return []
    return [{ ladder: ladder.id, sum: supportOf(ladder, state, joinedOn, local).net }]
  })
}

/** Rules of which the member is held out, among those that hold at some levels (EXP-1). */
type Meet = (scope: Scope, situation: Situation) => readonly string[]

/** The stretches of an order, and all that it has met of rules that are tried on some, on them too; null: nothing. */
export function meetStretches(
  draft: Draft,
  program: Program,
  judged: Judged,
): { readonly stretches: readonly Stretch[]; readonly met: MetRules | null } {
  const { heldOut = [], treated = [], rising } = judged.found
  let met = joinMet(null, { heldOut, treated })
  if (rising === undefined) return { stretches: [], met }
  const splitting = program.onOrder.filter((rule) => rule.crossing === 'split')
  const stretches = stretchesOf(program, judged, (scope, situation) => {
    met = joinMet(met, meetRules(draft, [splitting], scope, { ...situation, ...met }))
    return met?.heldOut ?? []
  })
  return { stretches, met }
}

/**
 * The stretches of an order that crosses levels (EARN-6); none where it crosses nothing. The order counts evenly over its whole
 * length, whatever the order of its lines, at each level as much as all of it would count there: so what is missing to the next
 * level says how far into the order it is reached.
 */
export function stretchesOf(
  program: Program,
  judged: Judged,
  meet: Meet = () => judged.found.heldOut ?? [],
): readonly Stretch[] {
  const { found } = judged
  if (found.rising === undefined || found.away !== null) return []
  let climbing = found.rising.flatMap(({ ladder: id, sum }): Climbing[] => {
    const ladder = program.ladders.find((each) => each.id === id)
    return ladder ? [{ ladder, sum: { numerator: BigInt(sum), denominator: 1n } }] : []
  })
  const before = stretchAt(program, judged, found.tiers, meet)
  const stretches: Stretch[] = []
  let { tiers } = found
  let left = WHOLE
  for (;;) {
    const whole = tiers === found.tiers ? before : stretchAt(program, judged, tiers, meet)
    const counts = countsOf(program, judged, whole, before)
    const next = nextLevel(climbing, tiers, counts)
    const share = next !== null && isLess(next, left) ? next : left
    climbing = climbing.map((each) => ({ ...each, sum: plus(each.sum, times(counts(each.ladder), share)) }))
    if (share.numerator > 0n) stretches.push({ ...whole, share })
    // What has counted may reach a level that was not given yet: another version asks for less since.
    if (share === left) return tiers === found.tiers ? [] : stretches
    left = plus(left, { numerator: -share.numerator, denominator: share.denominator })
    tiers = levelsAt(climbing, tiers)
  }
}

interface Climbing {
  readonly ladder: Ladder
  readonly sum: ExactSum
}

const WHOLE: ExactSum = { numerator: 1n, denominator: 1n }

const isLess = (a: ExactSum, b: ExactSum): boolean => a.numerator * b.denominator < b.numerator * a.denominator

/** The whole order as it looks at some levels. */
function stretchAt(program: Program, judged: Judged, tiers: Found['tiers'], meet: Meet): Stretch {
  const { content, money, local, placeLocal } = judged
  const found = { ...judged.found, tiers }
  const earnable = orderEarnable(program, content, money, found, local)
  const situation = situationOf(program, content, placeLocal, found)
  return { share: WHOLE, earnable, situation: { ...situation, heldOut: meet(earnable.scope, situation) } }
}

/** What the whole order would count on a ladder if rules that split were judged by the levels it is at. */
function countsOf(program: Program, judged: Judged, whole: Stretch, before: Stretch): (ladder: Ladder) => ExactSum {
  const { content, money, found } = judged
  const room = CapRoom.asFound(program, found.room)
  const { earned } = earn(program, { ...before, rules: program.onOrder, room, trace: null, stretches: [whole] })
  const counting = {
    earned: earnedByMember(program, earned),
    spend: eligibleSpend(program, content, money),
    orders: 0,
    visits: 0,
    activity: null,
  }
  return (ladder) => ({ numerator: BigInt(amountFor(ladder, counting)), denominator: 1n })
}

/** How far it is to the first level above those that are held; null: there is none that the order leads to. */
function nextLevel(
  climbing: readonly Climbing[],
  tiers: Found['tiers'],
  counts: (ladder: Ladder) => ExactSum,
): ExactSum | null {
  let next: ExactSum | null = null
  for (const { ladder, sum } of climbing) {
    const count = counts(ladder).numerator
    const level = ladder.levels.slice(heldIndex(ladder, tiers) + 1).find(({ invitation }) => !invitation)
    if (!level || count <= 0n) continue
    const missing = BigInt(level.reach) * sum.denominator - sum.numerator
    const far = missing <= 0n ? NOTHING : { numerator: missing, denominator: sum.denominator * count }
    if (next === null || isLess(far, next)) next = far
  }
  return next
}

const heldIndex = (ladder: Ladder, tiers: Found['tiers']): number =>
  indexOf(ladder, tiers.find((tier) => tier.ladder === ladder.id)?.level ?? '')

function levelsAt(climbing: readonly Climbing[], tiers: Found['tiers']): Found['tiers'] {
  return tiers.map((tier) => {
    const found = climbing.find(({ ladder }) => ladder.id === tier.ladder)
    if (!found) return tier
    const { ladder, sum } = found
    const reached = ladder.levels.findLastIndex(
      ({ reach, invitation }) => !invitation && BigInt(reach) * sum.denominator <= sum.numerator,
    )
    return { ladder: tier.ladder, level: levelIdAt(ladder, Math.max(reached, heldIndex(ladder, tiers))) }
  })
}
