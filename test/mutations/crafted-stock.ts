import type { Award } from '@laurel/engine'
import { livesOfDays } from '../generators/scale.ts'
import type { Case } from '../properties/cases.ts'
import { adjusted, on, paid, redeem, refund, returnVoucher, revokeVoucher, tick } from '../vectors/history-builder.ts'
import {
  cardOf,
  days,
  everyone,
  level,
  points,
  program,
  reward,
  standing,
  timelineOf,
} from '../vectors/program-builder.ts'

/** By hand: a reward of which there are only so many, bought and awarded (RED-3, EARN-5). */

const entry: readonly Award[] = [{ type: 'reward', reward: 'mug' }]
const mug = reward('mug', {
  stock: 3,
  price: { type: 'fixed', asset: 'points', choices: [{ audience: everyone, amount: 10 }] },
})
const timeline = timelineOf(
  program({
    onOrder: [],
    rewards: new Map([['mug', mug]]),
    ladders: [standing(50_000, { levels: [level('silver', 0), level('gold', 50_000, { entry })] })],
  }),
)

const shortLived = timelineOf(
  program({
    assets: [
      points({
        expiry: { type: 'life', life: days(10), endOf: null },
        lapsedReturns: { member: null, shop: days(30) },
      }),
    ],
    onOrder: [],
    rewards: new Map([['mug', mug]]),
  }),
)

const onCards = timelineOf(
  program({
    assets: [points({ kind: 'stamps' })],
    rewards: new Map([['mug', mug]]),
    cards: new Map([['ten', cardOf('ten', 10, { awards: entry })]]),
  }),
)
const mugs = (amount: number) => ({ grants: [{ room: 'stock/mug', amount }] })

export const craftedStock: readonly Case[] = [
  {
    scale: livesOfDays,
    timeline: onCards,
    // Two full cards wait, and one of them finds a mug.
    events: [
      { ...paid('o1', on('2026-03-01'), 2_500), ...mugs(0) },
      { ...paid('o2', on('2026-03-02'), 100), ...mugs(1) },
    ],
  },
  {
    scale: livesOfDays,
    timeline,
    events: [
      adjusted('gift', on('2026-03-01'), 10),
      ...redeem('r1', 'mug', on('2026-03-02')),
      paid('o1', on('2026-03-03'), 50_000),
      refund('back', 'o1', on('2026-03-04'), 50_000),
      returnVoucher('return', 'r1', on('2026-03-05')),
    ],
  },
  {
    scale: livesOfDays,
    timeline: shortLived,
    // What staff pays back of a mug has lapsed meanwhile, and lives on by the grace for what the shop gives back (LOT-5, TRN-6).
    events: [
      adjusted('gift', on('2026-03-01'), 10),
      ...redeem('r1', 'mug', on('2026-03-02')),
      { ...revokeVoucher('revoke', 'r1', on('2026-03-20')), priceBack: true },
      tick(on('2026-04-01')),
    ],
  },
]
