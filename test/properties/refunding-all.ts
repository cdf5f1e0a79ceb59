import type { Effect, Member, MemberEvent, Timeline } from '@laurel/engine'
import fc from 'fast-check'
import { expect } from 'vitest'
import { stampAt } from '../generators/stamp.ts'
import { adjusted, burn, paid } from '../vectors/history-builder.ts'
import { cases } from './cases.ts'
import { effectsOf, livingThrough } from './living.ts'
import { after, lastInstant } from './undoing.ts'

/** Refunding everything: nothing is left of an order, and what paid for it is back. */

/** After everything is refunded, by whatever path, no order has given anything, fills a cap or holds a tier (REF-6). */
export const refundsWholly = (most: number) =>
  fc.property(
    cases({ most, without: ['activity', 'accept', 'override', 'give-away'] }),
    fc.infiniteStream(fc.constantFrom('cancel', 'lines', 'amount')),
    ({ timeline, events }, paths) => {
      const stamp = after(timeline, events)
      const before = livingThrough(timeline, events)
      const closing = Object.values(before.orders).flatMap((record, i): MemberEvent[] => {
        const { order, lines } = record.content
        const common = { source: 'shop', id: `z-${i}`, stamp, order, by: 'shop' as const }
        // Far more than it can have cost: what is left is counted, the rest queued.
        const all = 100 * lines.reduce((sum, line) => sum + line.total, 1)
        switch (paths.next().value) {
          case 'lines':
            return [
              {
                ...common,
                type: 'refund.made',
                amount: 0,
                lines: lines.map((line) => ({ line: line.id, quantity: line.quantity, amount: all })),
              },
            ]
          case 'amount':
            // A line that cost nothing is given back as an item.
            return lines.some((line) => line.total > line.discount) && record.content.discount === 0
              ? [{ ...common, type: 'refund.made', amount: all, lines: [] }]
              : [{ ...common, type: 'order.cancelled' }]
          default:
            return [{ ...common, type: 'order.cancelled' }]
        }
      })
      const confirming = [...legsOf(before)].map((redemption): MemberEvent => {
        const id = `z-confirm-${redemption}`
        return { type: 'redemption.confirm', source: 'shop', id, stamp, redemption, answer: null }
      })
      const all = [...events, ...closing, ...confirming]
      const effects = effectsOf(timeline, all)
      const member = livingThrough(timeline, all)
      const late = new Set(
        effects.flatMap((effect) =>
          effect.type === 'queued' && effect.reason === 'overdue' ? [effect.refund.order] : [],
        ),
      )
      // What points were exchanged for is no order's, nor what friends brought; who has enjoyed what a level gave keeps it.
      const isSwapped = Object.values(member.finished).some(({ reward }) => reward === 'swap')
      const isFriend = member.referral !== undefined || member.friends !== undefined
      if (late.size > 0 || isSwapped || isFriend || member.entered !== undefined) return
      // Nor is what a paid membership gave when it began: just that stays.
      const { issued, awards } = entryAwardsIn(timeline, all)
      for (const [name, amount] of issuedByRule(effects)) expect(amount, name).toBe(issued.get(name) ?? 0)
      for (const record of Object.values(member.orders))
        expect(record.given.every((given) => given.now === 0)).toBe(true)
      // How often a reward was had is not an order's either, nor is what was given to others.
      const ofOrders = member.counts.filter(({ cap }) => !cap.endsWith('-limit') && !cap.startsWith('gifting:'))
      expect(ofOrders).toEqual([])
      for (const { ladder, entries } of member.ladders) {
        const stay = awards.flatMap((award) => (award.ladders.includes(ladder) ? [award.entry] : []))
        // Less what no window looks at any more: what rolls over leaves its surplus to the next.
        const left = entries.filter(([at, amount]) => !stay.some((entry) => entry[0] === at && entry[1] === amount))
        const surplus = rollsOver(timeline, ladder) ? left.filter(([, amount]) => isPart(amount, stay)) : []
        expect([ladder, left]).toEqual([ladder, surplus])
        expect(entries.length).toBeLessThanOrEqual(stay.length)
      }
      expectPaymentsBack(member)
    },
  )

const rollsOver = (timeline: Timeline, ladder: string): boolean =>
  timeline.some(({ program }) => program.ladders.some(({ id, window }) => id === ladder && 'rollOver' in window))

const isPart = (amount: number, stay: readonly EntryAward['entry'][]): boolean =>
  amount > 0 && stay.some(([, whole]) => amount < whole)

interface EntryAward {
  /** On which it counts. */
  readonly ladders: readonly string[]
  readonly entry: readonly [local: number, amount: number]
}

/** What paid memberships gave when they began: nothing takes it back. Each gave what its version says, and once. */
function entryAwardsIn(timeline: Timeline, events: readonly MemberEvent[]) {
  const issued = new Map<string, number>()
  const awards: EntryAward[] = []
  livingThrough(timeline, events, ({ effects }, { stamp, ...event }) => {
    if (!('plan' in event)) return
    for (const effect of effects) {
      if (effect.type !== 'move' || effect.rule !== event.plan || effect.from !== 'issued') continue
      const { asset, amount } = effect
      const program = timeline.find((each) => each.program.version === stamp.version)?.program
      expect(program?.memberships.get(event.plan)?.entry).toContainEqual({ type: 'amount', asset, amount })
      expect(issued.get(`${asset} of ${event.plan}`)).toBeUndefined()
      issued.set(`${asset} of ${event.plan}`, amount)
      const measured = program?.ladders.filter(({ measure }) => measure.type === 'earned' && measure.asset === asset)
      awards.push({ ladders: measured?.map(({ id }) => id) ?? [], entry: [stamp.local, amount] })
    }
  })
  return { issued, awards }
}

function issuedByRule(effects: readonly Effect[]): Map<string, number> {
  const issued = new Map<string, number>()
  for (const effect of effects) {
    if (effect.type !== 'move') continue
    const change = effect.from === 'issued' ? effect.amount : effect.to === 'issued' ? -effect.amount : 0
    const name = `${effect.asset} of ${effect.rule}`
    issued.set(name, (issued.get(name) ?? 0) + change)
  }
  return issued
}

const legsOf = (member: Member): Set<string> =>
  new Set(Object.values(member.orders).flatMap((record) => record.legs.map((leg) => leg.redemption)))

/** Every redemption that ever paid for one of the orders, and was confirmed before or after, is returned to the last point. */
function expectPaymentsBack(member: Member): void {
  for (const record of Object.values(member.orders)) {
    for (const { redemption } of record.legs) {
      const hold = member.finished[redemption]
      if (hold?.end !== 'confirmed' || hold.reward === 'cause') continue
      if (!record.refunds.some((refund) => !refund.undone)) continue
      expect([redemption, hold.returned]).toEqual([redemption, hold.amount])
    }
  }
}

/**
 * Of no redemption more comes back than it burnt, and what is burnt for good is what was not given back, at every moment (REF-4,
 * REF-6): whatever was refunded, failed, edited and confirmed, in whichever order.
 */
export const returnsEachLegOnce = (most: number) =>
  fc.property(cases({ most }), ({ timeline, events }) => {
    const burnt = new Map<string, number>()
    livingThrough(timeline, withAllUndone(timeline, events), ({ member, effects }) => {
      for (const effect of effects) {
        // What a card takes is no redemption; what is earned at a partner's place is no leg of it.
        if (effect.type !== 'move' || effect.rule.startsWith('card:') || effect.rule === 'partner-earned') continue
        add(burnt, effect.to, effect.amount)
        add(burnt, effect.from, -effect.amount)
      }
      const kept = new Map<string, number>()
      for (const hold of Object.values(member.finished)) {
        expect(hold.returned).toBeGreaterThanOrEqual(0)
        expect(hold.returned).toBeLessThanOrEqual(hold.end === 'confirmed' ? hold.amount : 0)
        // What a charity got is not burnt. What a partner is paid with is the partner's, and comes back from there (PART-1).
        if (hold.end !== 'confirmed' || hold.reward === 'cause') continue
        add(kept, hold.partner === undefined ? 'redeemed' : `partner:${hold.partner}`, hold.amount - hold.returned)
      }
      expect(somewhere(burnt)).toEqual(somewhere(kept))
    })
  })

/** Seldom does a history pay where a partner takes points: each does so in the end, and everything comes to nothing. */
function withAllUndone(timeline: Timeline, events: readonly MemberEvent[]): readonly MemberEvent[] {
  let at = lastInstant(events)
  const next = (place: string | null = null) => {
    at += 1
    return stampAt(timeline, at, place)
  }
  const payments = [{ by: 'points', amount: 700, redemption: 'z-leg' } as const, { by: 'money', amount: 300 } as const]
  const gift = adjusted('z-gift', next(), 20)
  const burnt = burn('z-leg', next(), 20)
  const bought = { ...paid('z-order', next('north'), 1_000, { payments }), place: 'north' }
  const all = [...events, gift, ...burnt, bought]
  const orders = new Set(all.flatMap((event) => (event.type === 'order.paid' ? [event.order] : [])))
  const cancelled = [...orders].map(
    (order): MemberEvent => ({
      ...{ type: 'order.cancelled', source: 'shop', id: `z-${order}`, stamp: next(), order, by: 'shop' },
    }),
  )
  return [...all, ...cancelled]
}

function add(amounts: Map<string, number>, account: string, amount: number): void {
  if (account !== 'redeemed' && !account.startsWith('partner:')) return
  amounts.set(account, (amounts.get(account) ?? 0) + amount)
}

const somewhere = (amounts: ReadonlyMap<string, number>) =>
  new Map([...amounts].filter(([, amount]) => amount !== 0).sort())
