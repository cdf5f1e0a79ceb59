import { type Draft, emit } from '../draft.ts'
import type { Found, Member } from '../member.ts'
import type { Cap, GivingRule, Program } from '../program/program.ts'
import { addToTime, dayOf, type LocalTime, startOf, startOfUnit } from '../time/local.ts'

/** Room of the caps that rules ask for while one event is judged: what is left shrinks as rules give. */
export class Room {
  /** What each cap left before the event, in the order in which it was asked. */
  readonly found: { readonly cap: string; readonly period: number; readonly room: number }[] = []
  readonly #left = new Map<string, number>()

  /** Room before this event, from the member's counts (EARN-4). */
  static of(program: Program, member: Member, local: LocalTime): Room {
    return new Room(
      program,
      (cap) => cap.most - usedOf(cap, member, local),
      (cap) => periodStart(cap, local),
    )
  }

  /** The room that an order found, for its refunds (REF-1). */
  static asFound(program: Program, found: Found['room']): Room {
    return new Room(
      program,
      (cap) => found.find((entry) => entry.cap === cap.id)?.room ?? cap.most,
      (cap) => found.find((entry) => entry.cap === cap.id)?.period ?? 0,
    )
  }

  readonly #program: Program
  readonly #before: (cap: Cap) => number
  readonly #periodOf: (cap: Cap) => number

  private constructor(program: Program, before: (cap: Cap) => number, period: (cap: Cap) => number) {
    this.#program = program
    this.#before = before
    this.#periodOf = period
  }

  capAt(position: number): Cap {
    const cap = this.#program.caps[position]
    if (!cap) throw new Error(`invariant: cap ${position} is not in version ${this.#program.version}`)
    return cap
  }

  leftOf(cap: Cap): number {
    const known = this.#left.get(cap.id)
    if (known !== undefined) return known
    const room = Math.max(0, this.#before(cap))
    this.#left.set(cap.id, room)
    this.found.push({ cap: cap.id, period: this.#periodOf(cap), room })
    return room
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

/** Room that awards use of each cap: their rule's amount with its multipliers' shares, or one time (EARN-4). */
export function usedRoom(
  program: Program,
  rules: readonly GivingRule[],
  awards: readonly { readonly rule: string; readonly now: number }[],
): Map<string, number> {
  const used = new Map<string, number>()
  for (const rule of rules) {
    if (rule.caps.length === 0) continue
    let amount = 0
    for (const award of awards) {
      if (award.rule === rule.id || rule.multipliers.some(({ id }) => id === award.rule)) amount += award.now
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

function usedOf(cap: Cap, member: Member, local: LocalTime): number {
  if (cap.span.type === 'order') return 0
  const from = firstCounted(cap, local)
  let used = 0
  for (const count of member.counts) if (count.cap === cap.id && count.period >= from) used += count.used
  return used
}

/** Under which period an event at `local` is counted. */
export function periodStart(cap: Cap, local: LocalTime): number {
  switch (cap.span.type) {
    case 'order':
    case 'ever':
      return 0
    case 'calendar':
      return startOf(startOfUnit(dayOf(local), cap.span.unit))
    case 'sliding':
      return local
  }
}

/** The first period that still counts at `local`: for a sliding window the first moment after its length ago. */
function firstCounted(cap: Cap, local: LocalTime): number {
  return cap.span.type === 'sliding' ? addToTime(local, cap.span.length, -1) + 1 : periodStart(cap, local)
}

/** Counts what an event used, or gives back to the period of the event's own date; periods that no longer count are dropped. */
export function count(draft: Draft, program: Program, cap: string, period: number, change: number): void {
  const rule = program.caps.find((entry) => entry.id === cap)
  if (rule) countCap(draft, rule, period, change)
}

export function countCap(draft: Draft, cap: Cap, period: number, change: number): void {
  if (cap.span.type === 'order' || change === 0) return
  emit(draft, { cap: cap.id, change, dropBefore: firstCounted(cap, draft.effective), period, type: 'count' })
}
