import type { Effect, MemberEvent, RequestAnswer, Timeline } from '@laurel/engine'
import fc from 'fast-check'
import { expect } from 'vitest'
import { audit } from '../auditor/audit.ts'
import { compare, compareEntries } from '../auditor/compare.ts'
import { compareStock } from '../auditor/stock.ts'
import { cases } from './cases.ts'
import { livingThrough } from './living.ts'

/** The same, where vouchers are counted: there are more of each than anybody asks for. */
const counted = (timeline: Timeline): Timeline =>
  timeline.map(({ program, ...entry }) => ({
    ...entry,
    program: {
      ...program,
      rewards: new Map([...program.rewards].map(([id, reward]) => [id, { ...reward, stock: 1_000_000 }])),
    },
  }))

/** The auditor agrees, after every step, on balances, lots, tiers, caps, entries and answers. */
export const agreesWithAuditor = (most: number, everyStep: boolean, givingUp = false) =>
  fc.property(cases({ most, givingUp }), fc.nat(most), ({ timeline: drawn, events, chance = null }, someStep) => {
    const timeline = counted(drawn)
    const effects: Effect[] = []
    const answers = new Map<string, RequestAnswer>()
    const watch: Parameters<typeof livingThrough>[2] = (decision, event, _before, index) => {
      effects.push(...decision.effects)
      if (decision.answer !== null) answers.set(nameOf(event), decision.answer)
      if (!everyStep && index !== someStep && index !== events.length - 1) return
      const book = audit(timeline, events.slice(0, index + 1), chance)
      const differences = [
        ...compare(book, decision.member),
        ...compareEntries(book, effects),
        ...compareStock(book, effects),
      ]
      expect(differences, nameOf(event)).toEqual([])
      expect(book.answers).toEqual(answers)
    }
    livingThrough(timeline, events, watch, chance)
  })

const nameOf = (event: MemberEvent): string =>
  event.type === 'time.passed' ? 'wake-up' : `${event.source}/${event.id}`
