import { type Draft, emit } from '../draft.ts'
import { programOf } from '../program/timeline.ts'
import { civilFromDay, dayOf } from '../time/local.ts'
import type { BenefitUsed } from './events.ts'

/** A use is counted with what it was worth, as the shop says or the program states: value against fee (MEM-1). */
export function countBenefit(draft: Draft, event: BenefitUsed): void {
  const { version, local } = event.stamp
  if (version === null) {
    emit(draft, { type: 'not-in-force' })
    return
  }
  const stated = programOf(draft.timeline, version).benefits.get(event.benefit)?.worth ?? 0
  const { year } = civilFromDay(dayOf(local))
  emit(draft, { type: 'benefit-used', benefit: event.benefit, year, times: 1, worth: event.worth ?? stated })
}
