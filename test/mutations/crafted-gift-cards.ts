import type { MemberEvent } from '@laurel/engine'
import { livesOfDays } from '../generators/scale.ts'
import type { Case } from '../properties/cases.ts'
import { on, paid, refund, useVoucher } from '../vectors/history-builder.ts'
import { cardOf, earning, program, reward, timelineOf } from '../vectors/program-builder.ts'

/** By hand: a gift card that is used in part, goes back with what filled it, and comes again (REF-5). */

const timeline = timelineOf(
  program({
    onOrder: [earning()],
    rewards: new Map([['gift-card', reward('gift-card', { kind: { type: 'gift-card', minor: 2500 } })]]),
    cards: new Map([['big', cardOf('big', 500, { awards: [{ type: 'reward', reward: 'gift-card' }] })]]),
  }),
)

const failed: MemberEvent = {
  ...{ type: 'refund.failed', source: 'shop', id: 'f1', stamp: on('2026-03-04T09:00'), order: 'o1', refund: 'r1' },
}

const partlyUsed: Case = {
  scale: livesOfDays,
  timeline,
  events: [
    paid('o1', on('2026-03-01T09:00'), 50_000),
    useVoucher('u1', 'card/big/1', on('2026-03-02T09:00'), { amount: 104 }),
    refund('r1', 'o1', on('2026-03-03T09:00'), 50_000),
    useVoucher('u2', 'card/big/1', on('2026-03-03T10:00'), { amount: 2000 }),
    failed,
    useVoucher('u3', 'card/big/1', on('2026-03-05T09:00'), { amount: 2000 }),
  ],
}

export const craftedGiftCards: readonly Case[] = [partlyUsed]
