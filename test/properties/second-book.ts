import {
  type Effect,
  type MemberEvent,
  type RequestAnswer,
  replay,
  type Timeline,
  type TimePassed,
} from '@laurel/engine'
import fc from 'fast-check'
import { expect } from 'vitest'
import { audit } from '../auditor/audit.ts'
import { compare, compareEntries } from '../auditor/compare.ts'
import { compareStock } from '../auditor/stock.ts'
import { type CaseLimits, cases } from './cases.ts'
import { answered, livingThrough } from './living.ts'

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
export const agreesWithAuditor = (most: number, everyStep: boolean, limits: Partial<CaseLimits> = {}) =>
  fc.property(cases({ most, ...limits }), fc.nat(most), ({ timeline: drawn, events, chance = null }, someStep) => {
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

type Recorded = Exclude<MemberEvent, TimePassed>

/**
 * Facts come late, and what was answered before they were known stands (EVT-2): the auditor agrees on what that comes to, and no more
 * comes out of `expired` than lapsed.
 */
export const lateFactsAsAudited = (most: number, limits: Partial<CaseLimits> = { often: 'order-and-its-lots' }) =>
  fc.property(cases({ most, least: 3, ...limits }), fc.nat(40), ({ timeline: drawn, events }, which) => {
    const timeline = counted(drawn)
    const known = events.filter((event): event is Recorded => event.type !== 'time.passed')
    const lastAct = known.findLastIndex(({ type }) => type === 'lots.reinstated' || type === 'lots.extended')
    const facts = known.slice(0, lastAct < 0 ? known.length : lastAct).filter(({ type }) => isOfBuying(type))
    const late = facts.at(-1 - (which % Math.min(4, Math.max(1, facts.length))))
    if (late === undefined) return
    const inTime = known.filter((event) => event !== late)
    const stored = answered(timeline, inTime).filter((event): event is Recorded => event.type !== 'time.passed')
    const all = [...stored, late]
    const { member, decisions } = replay(timeline, all)
    const effects = decisions.flatMap((decision) => decision.effects)
    const book = audit(timeline, all)
    expect([...compare(book, member), ...compareEntries(book, effects)]).toEqual([])
    expect(overdrawn(effects)).toEqual([])
  })

const isOfBuying = (type: MemberEvent['type']): boolean =>
  /^(order|refund|activity|payment)/.test(type) && type !== 'refund.accepted'

/** Assets of which more came out of `expired` than had gone in by then. */
function overdrawn(effects: readonly Effect[]): string[] {
  const lapsed = new Map<string, number>()
  return effects.flatMap((effect) => {
    if (effect.type !== 'move') return []
    const change = effect.to === 'expired' ? effect.amount : effect.from === 'expired' ? -effect.amount : 0
    const left = (lapsed.get(effect.asset) ?? 0) + change
    lapsed.set(effect.asset, left)
    return left < 0 ? [`${effect.cause}: ${effect.asset} ${left}`] : []
  })
}

const nameOf = (event: MemberEvent): string =>
  event.type === 'time.passed' ? 'wake-up' : `${event.source}/${event.id}`
