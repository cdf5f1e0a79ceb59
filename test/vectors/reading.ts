import {
  type Account,
  type Decision,
  decide,
  type Effect,
  type Lot,
  type Member,
  type MemberEvent,
  newMember,
  type RequestAnswer,
  replay,
  type Timeline,
} from '@laurel/engine'

/** Runs events one after another in the order given, as they would arrive in tidy order, and keeps every decision. */
export function live(
  timeline: Timeline,
  events: readonly MemberEvent[],
): { member: Member; decisions: readonly Decision[] } {
  let member = newMember()
  const decisions = events.map((event) => {
    const decision = decide(timeline, member, event)
    member = decision.member
    return decision
  })
  return { member, decisions }
}

/** Answers of requests among the events, in tidy order of arrival. */
export const answersOf = (decisions: readonly Decision[]): RequestAnswer[] =>
  decisions.flatMap((decision) => (decision.answer === null ? [] : [decision.answer]))

/** A history in any order; the last wake-up among the events lets time pass after them. `told`: whose vouchers were announced. */
export function replayed(timeline: Timeline, events: readonly MemberEvent[], told: Member | null = null) {
  const recorded = events.filter((event) => event.type !== 'time.passed')
  const wakeUps = events.filter((event) => event.type === 'time.passed')
  const last = wakeUps.sort((a, b) => a.stamp.at - b.stamp.at).at(-1) ?? null
  return replay(timeline, recorded, last, told)
}

export function effectsOf(timeline: Timeline, events: readonly MemberEvent[]): Effect[] {
  const { decisions, after } = replayed(timeline, events)
  return [...decisions.flatMap((decision) => decision.effects), ...after]
}

/** The four amounts of one asset; zeros where it never moved. */
export function balanceOf(member: Member, asset = 'points') {
  const state = member.assets.find((each) => each.asset === asset)
  return {
    pending: state?.pending ?? 0,
    active: state?.active ?? 0,
    held: state?.held ?? 0,
    debt: state?.debt ?? 0,
  }
}

export const lotsOf = (member: Member, asset = 'points'): Lot[] =>
  (member.assets.find((each) => each.asset === asset)?.lots ?? []).filter((lot) => lot.amount !== 0)

/** What an account holds at the end: everything moved into it less everything moved out. */
export function heldBy(account: Account, effects: readonly Effect[], asset = 'points'): number {
  let sum = 0
  for (const effect of effects) {
    if (effect.type !== 'move' || effect.asset !== asset) continue
    if (effect.to === account) sum += effect.amount
    if (effect.from === account) sum -= effect.amount
  }
  return sum
}

/** Given less taken back: by one rule, or by all. */
export function issuedNet(effects: readonly Effect[], rule?: string): number {
  return (
    0 -
    heldBy(
      'issued',
      effects.filter((effect) => effect.type === 'move' && (rule === undefined || effect.rule === rule)),
    )
  )
}

/** Every voucher there ever was, by id, with what became of it. */
export const vouchersOf = (member: Member): string[] =>
  [...(member.vouchers ?? []), ...Object.values(member.closed ?? {})].map(({ id, status }) => `${id} ${status}`).sort()

export const levelOf = (member: Member, ladder = 'standing'): string | undefined =>
  member.ladders.find((each) => each.ladder === ladder)?.level

export const ofType = <T extends Effect['type']>(effects: readonly Effect[], type: T): Extract<Effect, { type: T }>[] =>
  effects.filter((effect): effect is Extract<Effect, { type: T }> => effect.type === type)

/** All orders of a few events, to show that the order of arrival does not matter. */
export function permutations<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]]
  return items.flatMap((item, index) =>
    permutations([...items.slice(0, index), ...items.slice(index + 1)]).map((rest) => [item, ...rest]),
  )
}
