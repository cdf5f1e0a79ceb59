import { type Draft, emit } from '../draft.ts'
import type { Program } from '../program/program.ts'
import { dayOf, startOfUnit } from '../time/local.ts'
import type { HeldBadge } from './held.ts'

/** A badge is had once in each of its periods (GAME-1): a second award of it in the same one gives nothing. */
export function giveBadge(draft: Draft, program: Program, badge: string, award: string): void {
  const period = periodOf(program, badge, draft.effective)
  const isHeld = draft.member.badges?.some((held) => held.badge === badge && held.period === period) ?? false
  if (!isHeld) emit(draft, { type: 'badge', badge: { badge, period, since: draft.effective, award }, held: true })
}

/** Takes back what the award gave, and nothing that another one did. */
export function takeBadge(draft: Draft, badge: string, award: string): void {
  const held = draft.member.badges?.find((known) => known.badge === badge && known.award === award)
  if (held) emit(draft, { type: 'badge', badge: held, held: false })
}

/** First day of the period that holds the moment; 0 for a badge that is had once for ever. */
function periodOf(program: Program, badge: string, local: number): HeldBadge['period'] {
  const each = program.badges.get(badge)?.each ?? 'ever'
  switch (each) {
    case 'ever':
      return 0
    case 'calendar-month':
      return startOfUnit(dayOf(local), 'month')
    case 'calendar-quarter':
      return startOfUnit(dayOf(local), 'quarter')
    case 'calendar-year':
      return startOfUnit(dayOf(local), 'year')
  }
}
