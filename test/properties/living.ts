import {
  type Decision,
  decide,
  type Effect,
  type Member,
  type MemberEvent,
  newMember,
  type RequestAnswer,
  type Timeline,
} from '@laurel/engine'

/** Lives a history event by event and shows each decision, with the member before and after it, to whoever watches. */
export function livingThrough(
  timeline: Timeline,
  events: readonly MemberEvent[],
  watch: (decision: Decision, event: MemberEvent, before: Member, index: number) => void = () => {},
  chance: number | null = null,
): Member {
  let member = bornWith(chance)
  events.forEach((event, index) => {
    const decision = decide(timeline, member, event)
    watch(decision, event, member, index)
    member = decision.member
  })
  return member
}

/** A member with the number by which experiments hold it out. */
export const bornWith = (chance: number | null): Member => (chance === null ? newMember() : { ...newMember(), chance })

/** The same events with what was answered to requests and acts, as they are stored and replayed (EVT-2). */
export function answered(
  timeline: Timeline,
  events: readonly MemberEvent[],
  chance: number | null = null,
): MemberEvent[] {
  const answers: (RequestAnswer | null)[] = []
  livingThrough(timeline, events, (decision) => answers.push(decision.answer), chance)
  return events.map((event, i) => ('answer' in event ? { ...event, answer: answers[i] ?? null } : event))
}

export const effectsOf = (timeline: Timeline, events: readonly MemberEvent[]): Effect[] => {
  const effects: Effect[] = []
  livingThrough(timeline, events, (decision) => effects.push(...decision.effects))
  return effects
}

/** The member without the number of its decisions: wake-ups and corrections may change how often something was decided. */
export function stateOf(member: Member): Omit<Member, 'seq'> {
  const { seq: _seq, ...state } = member
  return state
}

/** Net amount by cause, rule, asset and accounts; pairs that come to nothing are left out. */
export function netTotals(effects: readonly Effect[]): Map<string, number> {
  const totals = new Map<string, number>()
  for (const effect of effects) {
    if (effect.type !== 'move') continue
    const name = `${effect.cause} ${effect.rule}: ${effect.asset} ${effect.from} -> ${effect.to}`
    totals.set(name, (totals.get(name) ?? 0) + effect.amount)
  }
  return new Map([...totals].filter(([, amount]) => amount !== 0).sort())
}

/** As a document store keeps it: through JSON, with the keys of every object in alphabetical order. */
export function throughJson<T>(value: T): T {
  const text = JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
  return JSON.parse(text) as T
}

export function deeplyFrozen<T>(value: T): T {
  if (value === null || typeof value !== 'object' || Object.isFrozen(value)) return value
  Object.freeze(value)
  const parts = value instanceof Map ? [...value.values()] : Object.values(value)
  for (const part of parts) deeplyFrozen(part)
  return value
}
