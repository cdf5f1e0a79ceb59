import { isClosed } from '../closing/closing.ts'
import { awayOf, type Member } from '../member.ts'
import { assetOf } from '../points/asset-state.ts'
import type { Timeline } from '../program/program.ts'
import { programAt } from '../program/timeline.ts'
import type { LocalTime } from '../time/local.ts'
import { cardsAt } from '../transitions/honoured.ts'
import { isCardFor } from './fill.ts'
import { cardStateOf } from './filled.ts'

/** How far a member's card is. Amounts are smallest units of its asset. */
export interface CardProgress {
  readonly card: string
  readonly asset: string
  readonly collected: number
  readonly full: number
  /** What the next full one needs, or one of which a part came back, what is owed included; null: there is no next one. */
  readonly missing: number | null
  /** How often it was full. */
  readonly times: number
}

/** Of every card that is for the member. */
export function cardProgressOf(timeline: Timeline, member: Member, now: LocalTime): CardProgress[] {
  const program = programAt(timeline, now)
  if (awayOf(member) !== null || isClosed(program, now)) return []
  return cardsAt(timeline, program, now).flatMap(({ program: of, value: card }) => {
    if (!isCardFor(of, card, member, now)) return []
    const { id, asset, full, repeat } = card
    const { settled, filled } = cardStateOf(member, id)
    const { active, debt } = assetOf(member, asset)
    const begun = filled.find(({ cameBack }) => cameBack !== undefined)?.cameBack
    const times = settled + filled.filter(({ cameBack }) => cameBack === undefined).length
    const isNext = repeat || settled + filled.length === 0 || begun !== undefined
    const missing = isNext ? Math.max(0, (begun ?? full) - active + debt) : null
    return { card: id, asset, collected: active, full, missing, times }
  })
}
