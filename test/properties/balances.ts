import type { Cap, Effect, Member } from '@laurel/engine'
import fc from 'fast-check'
import { expect } from 'vitest'
import { cases } from './cases.ts'
import { livingThrough } from './living.ts'

/** What must be true of a member at every moment. */

const sumOf = (amounts: readonly { readonly amount: number }[]): number =>
  amounts.reduce((sum, each) => sum + each.amount, 0)

export const balancesHold = (most: number, givingUp = false) =>
  fc.property(cases({ most, givingUp }), ({ timeline, events }) => {
    const moved: Effect[] = []
    livingThrough(timeline, events, ({ member, effects }) => {
      moved.push(...effects)
      for (const state of member.assets) {
        const { asset, pending, active, held, debt, lots } = state
        expect(Math.min(pending, active, held, debt), `${asset} below zero`).toBeGreaterThanOrEqual(0)
        expect(Math.min(active, debt), `${asset} both active and owed`).toBe(0)
        expect(sumOf(lots), `lots of ${asset}`).toBe(active)
        expect(lots.every((lot) => lot.amount > 0)).toBe(true)
        expect(sumOf(member.holds.filter((hold) => hold.asset === asset))).toBe(held)
        expect(sumOf(member.pending.filter((entry) => entry.asset === asset))).toBe(pending)
        expect({ pending, active, held, debt }).toEqual(booked(moved, asset))
      }
    })
  })

/** The four accounts, from the entries alone. */
function booked(effects: readonly Effect[], asset: string) {
  const accounts = { pending: 0, active: 0, held: 0, debt: 0 }
  for (const effect of effects) {
    if (effect.type !== 'move' || effect.asset !== asset) continue
    expect(effect.amount).toBeGreaterThan(0)
    if (effect.to in accounts) accounts[effect.to as keyof typeof accounts] += effect.amount
    if (effect.from in accounts) accounts[effect.from as keyof typeof accounts] -= effect.amount
  }
  return { ...accounts, debt: 0 - accounts.debt }
}

/** Room that is given again (a failed refund, a won dispute) or asked for anew (an edit) is the order's old room: not here. */
export const capsHold = (most: number) =>
  fc.property(
    cases({ most, without: ['edit', 'edit-early', 'order-again', 'placed', 'refund-fails', 'dispute-won'] }),
    ({ timeline, events }) => {
      livingThrough(timeline, events, ({ member }, event) => {
        for (const { program } of timeline) {
          for (const cap of program.caps)
            expect(mostUsedOf(cap, member, event.stamp.local)).toBeLessThanOrEqual(cap.most)
        }
        expect(member.counts.every((count) => count.used > 0)).toBe(true)
      })
    },
  )

function mostUsedOf(cap: Cap, member: Member, local: number): number {
  const counts = member.counts.filter((count) => count.cap === cap.id)
  if (cap.span.type !== 'sliding') return Math.max(0, ...counts.map((count) => count.used))
  const { days, ms } = cap.span.length
  const from = local - days * 86_400_000 - ms
  return counts.filter((count) => count.period > from).reduce((sum, count) => sum + count.used, 0)
}
