import type { LocalDay } from '../time/local.ts'

/**
 * Points that go by inactivity: which stretch they are in, by its first day. With `@` of whom they came: two members may have begun
 * on one day, and only one of them was idle since (MRG-1).
 */
export type IdleEnd = `idle-${number}` | `idle-${number}@${string}`

/** Last day of a lot; of points that go by inactivity, their stretch. */
export type LotEnd = LocalDay | 'never' | IdleEnd

/** A stretch of inactivity of one asset, from its first day on (LOT-2). */
export interface IdleStretch {
  /** What its points are named by. */
  readonly end: IdleEnd
  readonly since: LocalDay
  /** Day of the last action that moved it. */
  readonly activeOn: LocalDay
  /** Of whom it came, in a merge; absent: the member's own. */
  readonly of?: string
  /** From this day on nothing moves it, and its points have a last day, as a version promised at its start (TRN-3). */
  readonly kept?: { readonly on: LocalDay; readonly lastDay: LocalDay }
}

/** Some of what lies in one lot. */
export interface LotPart {
  readonly priority: number
  readonly lastDay: LotEnd
  readonly amount: number
}

/** A part of a burn: what it took of one lot. `uncovered` is the part no lot covered, always last. */
export interface ActivePart {
  readonly priority: number
  readonly lastDay: LotEnd | 'uncovered'
  readonly amount: number
}

export const totalOf = (parts: readonly ActivePart[]): number => parts.reduce((sum, { amount }) => sum + amount, 0)

export const isIdle = (end: LotEnd | 'uncovered'): end is IdleEnd =>
  typeof end === 'string' && end !== 'never' && end !== 'uncovered'

/** On which the stretch began. */
export const firstDayOf = (end: IdleEnd): LocalDay => Number.parseInt(end.slice('idle-'.length), 10)

/** As a name writes it. */
export function lotEndIn(text: string): LotEnd {
  if (text === 'never') return text
  const [, day, of] = /^idle-(-?\d+)(?:@(.+))?$/.exec(text) ?? []
  if (day === undefined) return Number(text)
  return of === undefined ? `idle-${Number(day)}` : `idle-${Number(day)}@${of}`
}

/** The same, with its stretch by another name. */
export const renamedPart = <Part extends { readonly lastDay: ActivePart['lastDay'] }>(
  part: Part,
  nameOf: (end: IdleEnd) => IdleEnd,
): Part => (isIdle(part.lastDay) ? { ...part, lastDay: nameOf(part.lastDay) } : part)
