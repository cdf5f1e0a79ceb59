import { type Draft, emit } from '../draft.ts'
import type { Found, FoundRoom, Member } from '../member.ts'
import type { Cap, GivingRule, Program } from '../program/program.ts'
import { leftOfRoom } from '../rooms/grant.ts'
import { takeRoom } from '../rooms/take.ts'
import { addToTime, dayOf, dayText, type LocalTime, startOf, startOfUnit } from '../time/local.ts'

/** Room of the caps that rules ask for while one event is judged: what is left shrinks as rules give. */
export class CapRoom {
  /** What each cap left before the event, in the order in which it was asked. */
  readonly found: FoundRoom[] = []
  readonly #left = new Map<string, number>()
  /** Of which the event was granted nothing because it took nothing, not because there was too little. */
  readonly #unasked = new Set<string>()

  /** Room before this event: of the member's own caps from their counts (EARN-4), of others as it was granted (EARN-5). */
  static of(
    program: Program,
    { member, grants }: Pick<Draft, 'member' | 'grants'>,
    local: LocalTime,
    place: string | null,
    placeLocal: LocalTime = local,
  ): CapRoom {
    return new CapRoom(program, (cap) => {
      const period = periodStart(cap, local, placeLocal)
      if (cap.of === 'member') {
        return { cap: cap.id, period, room: cap.most - usedOf(cap, member, local, placeLocal) }
      }
      const shared = nameOf(cap, period, place)
      const unasked = grants !== null && !grants.has(shared)
      return { cap: cap.id, period, room: leftOfRoom(grants, shared, cap.most), shared, unasked }
    })
  }

  /** The room that an order found, for its refunds (REF-1). */
  static asFound(program: Program, found: Found['room']): CapRoom {
    return new CapRoom(
      program,
      (cap) => found.find((entry) => entry.cap === cap.id) ?? { cap: cap.id, period: 0, room: cap.most },
    )
  }

  readonly #program: Program
  readonly #look: (cap: Cap) => Looked

  private constructor(program: Program, look: (cap: Cap) => Looked) {
    this.#program = program
    this.#look = look
  }

  capAt(position: number): Cap {
    const cap = this.#program.caps[position]
    if (!cap) throw new Error(`invariant: cap ${position} is not in version ${this.#program.version}`)
    return cap
  }

  leftOf(cap: Cap): number {
    const known = this.#left.get(cap.id)
    if (known !== undefined) return known
    const { unasked = false, ...looked } = this.#look(cap)
    if (unasked) this.#unasked.add(cap.id)
    const room = Math.max(0, looked.room)
    this.#left.set(cap.id, room)
    this.found.push({ ...looked, room })
    return room
  }

  isUnasked(cap: Cap): boolean {
    this.leftOf(cap)
    return this.#unasked.has(cap.id)
  }

  /** Looks at the room of every cap of these rules: what an edit makes match later must find it as it was now (REF-1). */
  look(rules: readonly { readonly caps: readonly number[] }[]): void {
    for (const rule of rules) {
      for (const position of rule.caps) {
        const cap = this.capAt(position)
        if (cap.span.type !== 'order') this.leftOf(cap)
      }
    }
  }

  take(cap: Cap, amount: number): void {
    this.#left.set(cap.id, this.leftOf(cap) - (cap.counts === 'times' ? 1 : amount))
  }
}

type Looked = FoundRoom & { readonly unasked?: boolean }

/** Room that what is given uses of each cap: their rule's amount with its multipliers' shares, or one time (EARN-4). */
export function usedRoom(
  program: Program,
  rules: readonly GivingRule[],
  given: readonly { readonly rule: string; readonly now: number }[],
): Map<string, number> {
  const used = new Map<string, number>()
  for (const rule of rules) {
    for (const { id, budgetCap } of rule.multipliers) {
      const cap = budgetCap === null ? undefined : program.caps[budgetCap]
      const share = given.find((part) => part.rule === id)?.now ?? 0
      if (cap && share > 0) used.set(cap.id, cap.counts === 'times' ? 1 : share)
    }
    if (rule.caps.length === 0) continue
    let amount = 0
    for (const part of given) {
      if (part.rule === rule.id || rule.multipliers.some(({ id }) => id === part.rule)) amount += part.now
    }
    if (amount === 0) continue
    for (const position of rule.caps) {
      const cap = program.caps[position]
      if (cap) used.set(cap.id, (used.get(cap.id) ?? 0) + (cap.counts === 'times' ? 1 : amount))
    }
  }
  return used
}

/** What is left of a cap that no rule asks for. */
export const roomLeft = (cap: Cap, member: Member, local: LocalTime): number => cap.most - usedOf(cap, member, local)

function usedOf(cap: Cap, member: Member, local: LocalTime, placeLocal: LocalTime = local): number {
  if (cap.span.type === 'order') return 0
  const from = cap.span.type === 'visit' ? periodStart(cap, local, placeLocal) : firstCounted(cap, local)
  // Places count their own days: somewhere else it may be the next one already.
  const to = cap.span.type === 'visit' ? from : Number.POSITIVE_INFINITY
  let used = 0
  for (const { cap: id, period, used: more } of member.counts) {
    if (id === cap.id && period >= from && period <= to) used += more
  }
  return used
}

/** Under which period an event at `local` is counted. */
export function periodStart(cap: Cap, local: LocalTime, placeLocal: LocalTime = local): number {
  switch (cap.span.type) {
    case 'order':
    case 'ever':
      return 0
    case 'calendar':
      return startOf(startOfUnit(dayOf(local), cap.span.unit))
    case 'sliding':
      return local
    case 'visit':
      return startOf(dayOf(placeLocal))
  }
}

/** The first period that still counts at `local`: for a sliding window the first moment after its length ago. */
function firstCounted(cap: Cap, local: LocalTime): number {
  if (cap.span.type === 'visit') return startOf(dayOf(local) - ZONE_DAYS)
  return cap.span.type === 'sliding' ? addToTime(local, cap.span.length, -1) + 1 : periodStart(cap, local)
}

/** Clocks of two places are up to 26 hours apart: that may be two days of the calendar. */
const ZONE_DAYS = 2

/** Counts what an event used, or gives back to the period of the event's own date; periods that no longer count are dropped. */
export function count(draft: Draft, program: Program, { cap, period, shared }: FoundRoom, change: number): void {
  const rule = program.caps.find((entry) => entry.id === cap)
  if (shared !== undefined) takeRoom(draft, shared, change)
  else if (rule) countCap(draft, rule, period, change)
}

/** The name of the room that a cap of a place or of the program has in a period. */
function nameOf(cap: Cap, period: number, place: string | null): string {
  const when = cap.span.type === 'ever' ? 'ever' : dayText(dayOf(period))
  return cap.of === 'place' ? `${cap.id}/${when}/${place ?? ''}` : `${cap.id}/${when}`
}

export function countCap(draft: Draft, cap: Cap, period: number, change: number): void {
  if (cap.span.type === 'order' || change === 0) return
  emit(draft, { cap: cap.id, change, dropBefore: firstCounted(cap, draft.effective), period, type: 'count' })
}
