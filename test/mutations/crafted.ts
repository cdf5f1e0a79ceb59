import type { MemberChanged } from '@laurel/engine'
import { livesOfDays } from '../generators/scale.ts'
import type { Case } from '../properties/cases.ts'
import {
  adjusted,
  burn,
  cancel,
  confirm,
  line,
  on,
  paid,
  redeem,
  refund,
  reserve,
  tick,
  useVoucher,
} from '../vectors/history-builder.ts'
import {
  capOf,
  cardOf,
  days,
  earning,
  everyone,
  level,
  months,
  points,
  program,
  reward,
  standing,
  timelineOf,
} from '../vectors/program-builder.ts'

/** Histories made by hand, for what chance hardly ever meets. */

const hourMs = 3_600_000

/**
 * A time-out and an activation at one midnight, while there is a debt: the reservation's points repay it, and what is left is the
 * activation's lot, not the other way round (TIME-3).
 */
const timeOutBeforeActivation: Case = {
  scale: livesOfDays,
  timeline: timelineOf(
    program({
      assets: [
        points({ pending: { type: 'period', period: days(1) }, expiry: { type: 'life', life: days(4), endOf: null } }),
      ],
      onOrder: [earning()],
    }),
  ),
  events: [
    paid('o1', on('2026-03-01T09:00'), 1000),
    tick(on('2026-03-02')),
    ...burn('r1', on('2026-03-02T09:00'), 10),
    adjusted('gift', on('2026-03-02T10:00'), 5),
    reserve('r2', on('2026-03-02T12:00'), 5, { lastsMs: 12 * hourMs }),
    refund('back', 'o1', on('2026-03-02T13:00'), 1000),
    paid('o2', on('2026-03-02T14:00'), 1000),
    tick(on('2026-03-03')),
  ],
}

const paidAndRefunded = [
  paid('o1', on('2026-03-01T10:01'), 1000, {
    payments: [
      { by: 'money', amount: 990 },
      { by: 'points', amount: 10, redemption: 'r1' },
    ],
  }),
  refund('back', 'o1', on('2026-03-01T10:02'), 1000),
]

/** An order is refunded while the points that pay for it are still held: they come back once they are burnt (REF-4). */
const refundBeforeConfirmation: Case = {
  scale: livesOfDays,
  timeline: timelineOf(program({ assets: [points()], onOrder: [earning()] })),
  events: [
    adjusted('gift', on('2026-03-01T09:00'), 10),
    reserve('r1', on('2026-03-01T10:00'), 10),
    ...paidAndRefunded,
    confirm('r1', on('2026-03-01T10:03')),
  ],
}

/** The same, where they are reserved only after the refund: a clock went wrong, or the shop was quick. */
const refundBeforeReservation: Case = {
  scale: livesOfDays,
  timeline: timelineOf(program({ assets: [points()], onOrder: [earning()] })),
  events: [
    adjusted('gift', on('2026-03-01T09:00'), 10),
    ...paidAndRefunded,
    reserve('r1', on('2026-03-01T10:03'), 10),
    confirm('r1', on('2026-03-01T10:04')),
  ],
}

/** Half of it is refunded, it is edited to twice as much, and a refund from after that fails: what had come back stays (REF-4). */
const failedAfterEdit: Case = (() => {
  const inPoints = { by: 'points', amount: 10, redemption: 'r1' } as const
  const order = paid('o1', on('2026-03-01T10:01'), 1000, { payments: [{ by: 'money', amount: 990 }, inPoints] })
  const twice = paid('o1', on('2026-03-02'), 2000, { payments: [{ by: 'money', amount: 1990 }, inPoints], id: 'edit' })
  return {
    scale: livesOfDays,
    timeline: timelineOf(program({ assets: [points()], onOrder: [] })),
    events: [
      adjusted('gift', on('2026-03-01T09:00'), 10),
      ...burn('r1', on('2026-03-01T10:00'), 10),
      order,
      refund('half', 'o1', on('2026-03-01T11:00'), 500),
      { ...twice, type: 'order.edited' as const },
      refund('more', 'o1', on('2026-03-03'), 100),
      {
        ...{ type: 'refund.failed' as const, source: 'shop', id: 'failed', stamp: on('2026-03-04') },
        ...{ order: 'o1', refund: 'more' },
      },
    ],
  }
})()

/** Debt of a late return is waived, and then the return fails: nothing is given again that was waived (REF-3). */
const waivedAndFailed: Case = {
  scale: livesOfDays,
  timeline: timelineOf(program({ assets: [points()], onOrder: [earning()] })),
  events: [
    paid('o1', on('2026-03-01T09:00'), 1000),
    ...burn('r1', on('2026-03-01T12:00'), 10),
    refund('back', 'o1', on('2026-03-01T13:00'), 1000),
    {
      ...{ type: 'debt.waived', source: 'laurel', id: 'late-debt', stamp: on('2026-03-01T14:00'), actor: 'laurel' },
      ...{ reason: 'late', because: 'shop/back', orderKey: 'shop/o1', asset: 'points', amount: 10 },
    },
    {
      ...{ type: 'refund.failed', source: 'shop', id: 'failed', stamp: on('2026-03-01T15:00') },
      ...{ order: 'o1', refund: 'back' },
    },
  ],
}

/** Of two minor units given back one by one, the second falls on the first line only when both are spread as one (AMT-3). */
const twoAmountsAsOne: Case = {
  scale: livesOfDays,
  timeline: timelineOf(program({ assets: [points()], onOrder: [earning({ per: { type: 'spend', minor: 1 } })] })),
  events: [
    paid('o1', on('2026-03-01T09:00'), [line('1', 1000), line('2', 3000, { kind: 'gift-card' })]),
    refund('one', 'o1', on('2026-03-01T10:00'), 1),
    refund('two', 'o1', on('2026-03-01T11:00'), 1),
  ],
}

/** A limited reward that was reserved, given up and reserved again (RED-2). */
const limitedAgain: Case = {
  scale: livesOfDays,
  timeline: timelineOf(
    program({
      rewards: new Map([
        [
          'off',
          reward('off', {
            price: { type: 'fixed', asset: 'points', choices: [{ audience: everyone, amount: 10 }] },
            cap: capOf('off-limit', 1, { counts: 'times', span: { type: 'ever' }, edge: 'refuse' }),
          }),
        ],
      ]),
    }),
  ),
  events: [
    adjusted('gift', on('2026-03-01'), 50),
    reserve('r1', on('2026-03-02'), 10, { reward: 'off' }),
    cancel('r1', on('2026-03-02T00:01')),
    reserve('r2', on('2026-03-02T00:02'), 10, { reward: 'off' }),
    tick(on('2026-03-03')),
    reserve('r3', on('2026-03-03T00:02'), 10, { reward: 'off' }),
  ],
}

/** What one ladder gives lifts on another, and is taken back (TIER-6). */
const liftedByAward: Case = {
  scale: livesOfDays,
  timeline: timelineOf(
    program({
      onOrder: [],
      assets: [points(), points({ id: 'status', kind: 'qualifying' })],
      ladders: [
        standing(3000, {
          levels: [
            level('member', 0),
            level('gold', 3000, { entry: [{ type: 'amount', asset: 'status', amount: 25 }] }),
          ],
        }),
        standing(20, { id: 'two', measure: { type: 'earned', asset: 'status' } }),
      ],
    }),
  ),
  events: [paid('o1', on('2026-03-01'), 3000), refund('back', 'o1', on('2026-03-02'), 3000)],
}

/**
 * A program ends for the garden: what happens in the first moments after the last earn and the last burn, an order that grows
 * between them, what a refund takes and brings afterwards, and a version that says the same again (END-4).
 */
const endOfTheProgram: Case = (() => {
  const closing = {
    notice: on('2026-03-01').local,
    earnsUntil: on('2026-03-05').local,
    burnsUntil: on('2026-03-08').local,
    left: { type: 'charity', charity: 'green-city' },
  } as const
  const ending = (version: number) =>
    program({
      version,
      closing,
      assets: [points({ worth: { amount: 100, minor: 150 } }), points({ id: 'status', kind: 'qualifying' })],
      onOrder: [earning(), earning({ id: 'status', asset: 'status' })],
      charities: new Map([['green-city', { id: 'green-city', name: {}, impact: null }]]),
    })
  const paidWithPoints = { payments: [{ by: 'points', redemption: 'r0', amount: 30 } as const] }
  return {
    scale: livesOfDays,
    timeline: timelineOf(ending(1), [on('2026-03-09').at, ending(2)]),
    events: [
      paid('o1', on('2026-03-04T09:00'), 10_000),
      ...burn('r0', on('2026-03-04T12:00'), 30),
      paid('o3', on('2026-03-04T12:00'), 30, paidWithPoints),
      paid('o2', on('2026-03-05'), 5_000),
      { ...paid('o1', on('2026-03-06'), 20_000), id: 'edit', type: 'order.edited' as const },
      reserve('r1', on('2026-03-08'), 10),
      refund('back', 'o1', on('2026-03-08T09:00'), 15_000),
      refund('all', 'o3', on('2026-03-08T10:00'), 30),
      tick(on('2026-03-10', 2)),
    ],
  }
})()

/** Terms of another version, an age that is just enough, and a card that waits for both (END-2, END-3). */
const footingInSteps: Case = (() => {
  const told = (at: string, parts: Partial<MemberChanged>): MemberChanged => ({
    ...{ type: 'member.changed', source: 'shop', id: `told-${at}`, stamp: on(at), segments: null, tags: null },
    ...parts,
  })
  const card = cardOf('ten', 10, { awards: [{ type: 'reward', reward: 'bottle' }] })
  return {
    scale: livesOfDays,
    timeline: timelineOf(
      program({
        terms: { current: '2026-03', for: new Set(['redeem'] as const) },
        minimumAge: { years: 18, for: new Set(['redeem'] as const) },
        cards: new Map([['ten', card]]),
        rewards: new Map([['bottle', reward('bottle')]]),
      }),
    ),
    events: [
      paid('o1', on('2026-03-01T09:00'), 1_500),
      told('2026-03-02', { terms: '2025-01' }),
      told('2026-03-03', { ageAtLeast: 18 }),
      told('2026-03-04', { terms: '2026-03' }),
      told('2026-03-05', { mark: 'staff' }),
      paid('o2', on('2026-03-06'), 1_000),
    ],
  }
})()

/** A gift card of 25.00 that is good for ten days. */
const giftCards = timelineOf(
  program({
    rewards: new Map([
      [
        'gift-card',
        reward('gift-card', {
          kind: { type: 'gift-card', minor: 2500 },
          price: { type: 'fixed', asset: 'points', choices: [{ audience: everyone, amount: 10 }] },
          expiry: { type: 'life', life: days(10), endOf: null },
        }),
      ],
    ]),
  }),
)
const cardPaysOrder = [
  adjusted('gift', on('2026-03-01'), 10),
  ...redeem('g1', 'gift-card', on('2026-03-01')),
  { ...paid('o1', on('2026-03-02'), 2_000), payments: [{ by: 'gift-card' as const, amount: 2_000 }] },
]

/** RED-5: 20.00 of it paid an order that is given back after the rest has lapsed. */
const cardThatExpired: Case = {
  scale: livesOfDays,
  timeline: giftCards,
  events: [
    ...cardPaysOrder,
    useVoucher('u1', 'g1', on('2026-03-03'), { order: 'o1', amount: 2_000 }),
    refund('f1', 'o1', on('2026-03-16'), 2_000),
  ],
}

/** REF-4 RED-5: it is used after a part of its order was refunded, and gets more back the day before it ends. */
const cardUsedAfterRefund: Case = {
  scale: livesOfDays,
  timeline: giftCards,
  events: [
    ...cardPaysOrder,
    refund('f1', 'o1', on('2026-03-03'), 1_000),
    useVoucher('u1', 'g1', on('2026-03-04'), { order: 'o1', amount: 2_000 }),
    refund('f2', 'o1', on('2026-03-10'), 500),
    useVoucher('u2', 'g1', on('2026-04-09'), { amount: 1_900 }),
  ],
}

/** MEM-1: a month that was paid for, and another long after it: what beginning brings came with the first. */
const begunAgain: Case = {
  scale: livesOfDays,
  timeline: timelineOf(
    program({
      onOrder: [],
      memberships: new Map([
        [
          'plus',
          {
            ...{ id: 'plus', name: {}, fee: 500, every: months(1), trial: null, grace: null, cancel: 'period-end' },
            ...{ benefits: [], audience: everyone, holdout: null },
            entry: [{ type: 'amount', asset: 'points', amount: 25 }],
          },
        ],
      ]),
    }),
  ),
  events: ['2026-03-01', '2026-05-01'].map((day) => ({
    ...{ type: 'membership.started', source: 'billing', id: `fee-${day}`, plan: 'plus', fee: 500 },
    stamp: on(day),
  })),
}

export const crafted: readonly Case[] = [
  timeOutBeforeActivation,
  limitedAgain,
  liftedByAward,
  refundBeforeConfirmation,
  refundBeforeReservation,
  failedAfterEdit,
  waivedAndFailed,
  twoAmountsAsOne,
  endOfTheProgram,
  footingInSteps,
  cardThatExpired,
  cardUsedAfterRefund,
  begunAgain,
]
