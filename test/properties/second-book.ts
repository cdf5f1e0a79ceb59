import type { Effect, MemberEvent, RequestAnswer } from '@laurel/engine'
import fc from 'fast-check'
import { expect } from 'vitest'
import { audit } from '../auditor/audit.ts'
import { compare, compareEntries } from '../auditor/compare.ts'
import { cases } from './cases.ts'
import { livingThrough } from './living.ts'

/** The auditor agrees, after every step, on balances, lots, tiers, caps, entries and answers. */
export const agreesWithAuditor = (most: number, everyStep: boolean, givingUp = false) =>
  fc.property(cases({ most, givingUp }), fc.nat(most), ({ timeline, events, chance = null }, someStep) => {
    const effects: Effect[] = []
    const answers = new Map<string, RequestAnswer>()
    const watch: Parameters<typeof livingThrough>[2] = (decision, event, _before, index) => {
      effects.push(...decision.effects)
      if (decision.answer !== null) answers.set(nameOf(event), decision.answer)
      if (!everyStep && index !== someStep && index !== events.length - 1) return
      const book = audit(timeline, events.slice(0, index + 1), chance)
      expect([...compare(book, decision.member), ...compareEntries(book, effects)], nameOf(event)).toEqual([])
      expect(book.answers).toEqual(answers)
    }
    livingThrough(timeline, events, watch, chance)
  })

const nameOf = (event: MemberEvent): string =>
  event.type === 'time.passed' ? 'wake-up' : `${event.source}/${event.id}`
