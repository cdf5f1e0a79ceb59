import { livesOfDays } from '../generators/scale.ts'
import type { Case } from '../properties/cases.ts'
import { on, paid, redeem, refund, returnVoucher, tick } from '../vectors/history-builder.ts'
import { days, earning, everyone, points, program, reward, timelineOf } from '../vectors/program-builder.ts'

/** By hand: refunds and returns of points that were idle for too long, while others live (REF-2, LOT-5). */

export const idlePoints = points({
  expiry: { type: 'inactive', idle: days(10), moves: new Set(['order.paid']) },
})

const cup = reward('cup', {
  price: { type: 'fixed', asset: 'points', choices: [{ audience: everyone, amount: 10 }] },
})
const club = timelineOf(program({ assets: [idlePoints], onOrder: [earning()], rewards: new Map([['cup', cup]]) }))

const givenBack: Case = {
  scale: livesOfDays,
  timeline: club,
  events: [
    paid('o1', on('2026-03-01T09:00'), 1_000),
    paid('o2', on('2026-03-20T09:00'), 1_000),
    refund('back-1', 'o1', on('2026-03-21T09:00'), 1_000),
    refund('back-2', 'o2', on('2026-03-22T09:00'), 1_000),
  ],
}

const returned: Case = {
  scale: livesOfDays,
  timeline: club,
  events: [
    paid('o1', on('2026-03-01T09:00'), 1_000),
    ...redeem('v1', 'cup', on('2026-03-02T09:00')),
    paid('o2', on('2026-03-20T09:00'), 1_000),
    returnVoucher('back', 'v1', on('2026-03-21T09:00')),
  ],
}

const living = (count: number) => ({ type: 'life', life: days(count), endOf: null }) as const

/** What one rule gave has lapsed; the lot of the other holds points of another order, too. */
const twoEnds: Case = {
  scale: livesOfDays,
  timeline: timelineOf(
    program({
      assets: [points({ expiry: living(30) })],
      onOrder: [earning(), earning({ id: 'brief', expiry: living(3) })],
    }),
  ),
  events: [
    paid('o1', on('2026-03-01T09:00'), 1_000),
    paid('o2', on('2026-03-01T10:00'), 1_000),
    refund('back-1', 'o1', on('2026-03-10T09:00'), 1_000),
    tick(on('2026-03-11')),
    refund('back-2', 'o2', on('2026-03-12T09:00'), 1_000),
  ],
}

export const craftedIdle: readonly Case[] = [givenBack, returned, twoEnds]
