import type { Cap, GivingRule, Program } from '@laurel/engine'
import type { Book } from './book.ts'
import { sum } from './exact.ts'
import type { CapUse } from './records.ts'
import { dayAt, midnightOf, timeAfter, unitStart } from './time.ts'

/** EARN-4: caps of one member, counted over everything the member ever got. */

/** Room of each cap before an order, and what the order has used of it so far. */
export interface Room {
  readonly found: ReadonlyMap<string, number>
  readonly used: Map<string, number>
}

export const roomOf = (found: ReadonlyMap<string, number>): Room => ({ found, used: new Map() })

/** Room that an order or activity finds in every cap of its version. */
export function roomFound(book: Book, program: Program, at: Clocks): Map<string, number> {
  return new Map(program.caps.map((cap) => [cap.id, cap.most - usedOf(book.uses, cap, at)]))
}

/** The program's wall clock, and that of the place. */
export type Clocks = Pick<CapUse, 'local' | 'placeLocal'>

/** What counts against a cap for something that happens at `local`. */
export function usedOf(uses: readonly CapUse[], cap: Cap, at: Clocks): number {
  return sum(uses.filter((use) => use.cap === cap.id && isInSpan(cap, use, at)).map((use) => use.change))
}

function isInSpan(cap: Cap, use: Clocks, at: Clocks): boolean {
  const { span } = cap
  const [used, local] = [use.local, at.local]
  switch (span.type) {
    case 'order':
      return false // every order begins with the whole of it
    case 'ever':
      return true
    case 'calendar':
      return unitStart(dayAt(used), span.unit) === unitStart(dayAt(local), span.unit)
    case 'sliding':
      return used > timeAfter(local, span.length, -1) && used <= local
    case 'visit':
      return dayAt(use.placeLocal) === dayAt(at.placeLocal)
  }
}

/** The period of a cap that a use belongs to: a calendar unit, a moment, or all time. */
export function periodOf(cap: Cap, { local, placeLocal }: Clocks): number {
  const { span } = cap
  switch (span.type) {
    case 'order':
    case 'ever':
      return 0
    case 'calendar':
      return midnightOf(unitStart(dayAt(local), span.unit))
    case 'sliding':
      return local
    case 'visit':
      return midnightOf(dayAt(placeLocal))
  }
}

/** How much of `amount` all caps of a rule let through, one after another; what came through is counted on each. */
export function admitted(rule: GivingRule, amount: number, program: Program, room: Room): number {
  const caps = rule.caps.flatMap((position) => program.caps[position] ?? [])
  const left = (cap: Cap) => Math.max(0, (room.found.get(cap.id) ?? cap.most) - (room.used.get(cap.id) ?? 0))
  let through = amount
  for (const cap of caps) {
    const asks = cap.counts === 'amount' ? through : Math.min(1, through)
    if (asks <= left(cap)) continue
    through = cap.edge === 'refuse' || cap.counts === 'times' ? 0 : left(cap)
  }
  for (const cap of caps) {
    const counted = cap.counts === 'amount' ? through : Math.min(1, through)
    room.used.set(cap.id, (room.used.get(cap.id) ?? 0) + counted)
  }
  return through
}
