import { isClosed } from '../closing/closing.ts'
import { awayOf, type LadderState, type Member } from '../member.ts'
import { heldPlan, runningPlans } from '../plans/held.ts'
import type { Benefit, LevelOf, Program, Texts, Timeline } from '../program/program.ts'
import { programAt } from '../program/timeline.ts'
import { isDuring, isFor, type Situation } from '../rules/applies.ts'
import { CapRoom } from '../rules/caps.ts'
import { foundBy, memberFactsOf } from '../rules/found-by.ts'
import { progressOf } from '../tiers/progress.ts'
import { addToTime, type LocalTime } from '../time/local.ts'
import { plansHonoured } from '../transitions/honoured.ts'

/** What a shop asks about a member: of one benefit or all, for an order of so much, for something that opens then. */
export interface Question {
  /** null: all of them. */
  readonly benefit: string | null
  /** By the program's clock, and by that of the place. */
  readonly local: LocalTime
  readonly placeLocal: LocalTime
  /** Minor units of the order; null: none is meant, and a least amount is only told. */
  readonly total: number | null
  /** When it opens for everyone, by the program's clock; null: nothing is meant that opens. */
  readonly opens: LocalTime | null
}

/** Whether a member has a benefit, why or why not, and for how long as things stand. */
export interface Entitlement {
  readonly benefit: string
  readonly kind: Benefit['kind']['type']
  readonly name: Texts
  readonly entitled: boolean
  readonly because: Because
  /** First moment at which it is over if nothing else happens; null: nothing ends it. */
  readonly until: LocalTime | null
  /** Minor units that an order must reach; null: any order. */
  readonly least: number | null
}

export type Because =
  | { readonly type: 'level'; readonly ladder: string; readonly level: string }
  | { readonly type: 'membership'; readonly plan: string }
  | { readonly type: 'audience' }
  | { readonly type: 'not-for-member' | 'not-now' | 'left' | 'frozen' | 'closed' }
  | { readonly type: 'below-least'; readonly missing: number }
  /** From when it is open for the member. */
  | { readonly type: 'not-open'; readonly from: LocalTime }

/** Time must have been let pass up to the moment of the question. */
export function entitlementsOf(timeline: Timeline, member: Member, question: Question): Entitlement[] {
  const program = programAt(timeline, question.local)
  const isAsked = ({ id }: Benefit) => question.benefit === null || id === question.benefit
  const own = [...program.benefits.values()]
    .filter(isAsked)
    .map((benefit) => entitlementTo(timeline, program, member, benefit, question))
  const still = stillPaidFor(timeline, program, member, question).filter(({ benefit }) => isAsked(benefit))
  return still.reduce((all, { program: of, benefit, until }) => {
    const known = all.find((each) => each.benefit === benefit.id)
    if (known?.entitled) return all
    const told = endingBy(entitlementTo(timeline, of, member, benefit, question), until)
    return [...all.filter((each) => each !== known), told.entitled || known === undefined ? told : known]
  }, own)
}

interface PaidFor {
  /** By whose terms. */
  readonly program: Program
  readonly benefit: Benefit
  /** When the older terms end; null: with the membership. */
  readonly until: LocalTime | null
}

/** Benefits of memberships that are no longer sold, or no longer with them, for whoever has paid for one, on the terms of the version that sold it. */
const stillPaidFor = (timeline: Timeline, program: Program, member: Member, { local }: Question): PaidFor[] =>
  plansHonoured(timeline, program, local).flatMap(({ program: of, value: plan }) => {
    if (!runningPlans(member).includes(plan.id)) return []
    const until = olderUntil(program, member, plan.id)
    if (until !== null && until <= local) return []
    return plan.benefits.flatMap((id) => {
      const benefit = of.benefits.get(id)
      return benefit === undefined ? [] : [{ program: of, benefit, until }]
    })
  })

/** Of a plan that is sold on: whoever has paid since, or pays again, does so by its new terms (TRN-5). */
function olderUntil({ memberships, transitions }: Program, member: Member, plan: string): LocalTime | null {
  if (!memberships.has(plan)) return null
  const paid = heldPlan(member, plan)?.olderUntil ?? Number.NEGATIVE_INFINITY
  return Math.min(paid, transitions.memberships.get(plan)?.until ?? paid)
}

const endingBy = (told: Entitlement, until: LocalTime | null): Entitlement =>
  told.entitled && until !== null ? { ...told, until: Math.min(until, told.until ?? until) } : told

function entitlementTo(
  timeline: Timeline,
  program: Program,
  member: Member,
  benefit: Benefit,
  question: Question,
): Entitlement {
  const { id, name, kind } = benefit
  const least = 'basket' in kind ? (kind.basket?.least ?? null) : null
  const told = { benefit: id, kind: kind.type, name, least }
  const no = (because: Because): Entitlement => ({ ...told, entitled: false, because, until: null })
  const away = awayOf(member) ?? (isClosed(program, question.local) ? 'closed' : null)
  if (away !== null) return no({ type: away })
  const found = foundBy(program, member, CapRoom.asFound(program, []), question.local)
  const situation = { ...found, place: null, channel: null, placeLocal: question.placeLocal }
  const held = holdingOf(benefit, situation)
  const facts = { order: null, line: null, activity: null, member: memberFactsOf(found, question.local) }
  const isTheirs = held && isFor(benefit.audience, situation) && (benefit.when?.test(facts) ?? true)
  if (!isTheirs) return no({ type: 'not-for-member' })
  if (benefit.during && !isDuring(benefit.during, question.placeLocal)) return no({ type: 'not-now' })
  if (least !== null && question.total !== null && question.total < least) {
    return no({ type: 'below-least', missing: least - question.total })
  }
  if (kind.type === 'access' && question.opens !== null) {
    const from = addToTime(question.opens, kind.earlier, -1)
    if (question.local < from) return no({ type: 'not-open', from })
  }
  const ends = [
    benefit.during?.through ?? null,
    held.type === 'level' ? levelEnd(timeline, member, held, question) : null,
    held.type === 'membership' ? (heldPlan(member, held.plan)?.endsAt ?? null) : null,
  ]
  const until = ends.filter((end) => end !== null)
  return { ...told, entitled: true, because: held, until: until.length === 0 ? null : Math.min(...until) }
}

/** By what the member has it: a level or a membership that names it, or nothing where none asks for one. */
function holdingOf(
  { levels, memberships }: Benefit,
  { tiers, memberships: running = [] }: Situation,
): Extract<Because, { type: 'level' | 'membership' | 'audience' }> | null {
  if (levels.length === 0 && memberships.length === 0) return { type: 'audience' }
  const held = levels.find(({ ladder, level }) => tiers.some((tier) => tier.ladder === ladder && tier.level === level))
  if (held) return { type: 'level', ...held }
  const plan = memberships.find((each) => running.includes(each))
  return plan === undefined ? null : { type: 'membership', plan }
}

/** When the level is over if nothing else happens: by an override's end, or because too little of the period is earned. */
function levelEnd(timeline: Timeline, member: Member, held: LevelOf, { local }: Question): LocalTime | null {
  const override: LadderState['override'] =
    member.ladders.find((state) => state.ladder === held.ladder)?.override ?? null
  if (override && (override.until === null || override.until > local)) return override.until
  const stay = progressOf(timeline, member, local).find(({ ladder }) => ladder === held.ladder)?.toStay
  return stay && stay.missing > 0 ? stay.until : null
}
