import { describe, expect, test } from 'vitest'
import { times } from '../numbers/seeded.fixture.ts'
import type { Purchase } from '../purchases.ts'
import { fitBgNbd } from './bg-nbd.ts'
import type { History } from './histories.ts'
import { observe } from './observe.ts'
import { fitParetoNbd } from './pareto-nbd.ts'

const period = { lastDay: 70, heldOutUntil: 100, daysPerUnit: 7 }
const bought = (member: string, on: number, amount = 1000): Purchase => ({ member, on, amount })

describe('observing purchases', () => {
  test('counts days after the first, in units of time, and what comes after the last day apart', () => {
    const observed = observe(
      [
        bought('anna', 14, 500),
        bought('anna', 0, 9999),
        bought('anna', 14, 700),
        bought('anna', 35, 1000),
        bought('anna', 71, 4000),
        bought('anna', 100, 1),
        bought('ben', 70),
        bought('carla', 90),
        bought('dora', 56, 300),
        bought('dora', 63, 0),
      ],
      period,
    )
    expect(observed).toEqual({
      type: 'told',
      members: [
        {
          member: 'anna',
          history: { x: 2, tx: 5, T: 10 },
          spending: { purchases: 2, mean: 1100 },
          heldOut: { purchases: 2, spent: 4001 },
        },
        { member: 'ben', history: { x: 0, tx: 0, T: 0 }, spending: null, heldOut: { purchases: 0, spent: 0 } },
        { member: 'dora', history: { x: 1, tx: 1, T: 2 }, spending: null, heldOut: { purchases: 0, spent: 0 } },
      ],
    })
  })

  test('INS-1 negative totals, future days and half days are each named with their remedy, all at once', () => {
    const wrong = observe(
      [bought('anna', 1), bought('anna', 101), bought('ben', 5, -1), bought('ben', 1.5), bought('carla', 200, 0.5)],
      period,
    )
    expect(wrong).toEqual({
      type: 'untold',
      reason: 'wrong-purchases',
      sentence: 'How members buy is told only of purchases that can be: 5 mistakes in 5 purchases.',
      faults: [
        'purchases[1].on is 101, after the last day 100: leave out what is yet to come.',
        'purchases[2].amount is -1: give whole minor units, 0 or more; take refunds off their purchase.',
        'purchases[3].on is 1.5: give a whole number of days.',
        'purchases[4].on is 200, after the last day 100: leave out what is yet to come.',
        'purchases[4].amount is 0.5: give whole minor units, 0 or more; take refunds off their purchase.',
      ],
    })
  })

  test('INS-1 of a thousand mistakes the first twenty are shown and all are counted', () => {
    const wrong = observe(
      times(1000, () => bought('anna', 1, -5)),
      { ...period, daysPerUnit: 0 },
    )
    if (wrong.type !== 'untold') throw new Error('told')
    expect(wrong.faults).toHaveLength(20)
    expect(wrong.faults[0]).toBe('daysPerUnit is 0: give 1 or more, 7 for weeks.')
    expect(wrong.sentence).toContain('1001 mistakes in 1000 purchases')
  })
})

describe('INS-1 what histories do not tell is said in a sentence, never as a number', () => {
  const once: History = { x: 0, tx: 0, T: 10 }
  const again: History = { x: 2, tx: 4, T: 10 }
  const sameDay = observe(
    times(200, (index) => bought(`member ${index % 50}`, 3)),
    period,
  )
  test.each([
    ['nobody', [], 'no-members'],
    ['one customer', [again], 'one-member'],
    ['no repeat buyers', times(500, () => once), 'nobody-came-back'],
    [
      'all orders on one day',
      sameDay.type === 'told' ? sameDay.members.map(({ history }) => history) : [],
      'nobody-came-back',
    ],
    ['three repeat buyers', [...times(500, () => once), again, again, again], 'few-came-back'],
    ['a last purchase after the end', [again, { x: 1, tx: 11, T: 10 }], 'impossible-history'],
    ['half a purchase', [again, { x: 0.5, tx: 1, T: 10 }], 'impossible-history'],
    ['a time that is none', [again, { x: 0, tx: 0, T: Number.NaN }], 'impossible-history'],
    ['a last purchase without any', [again, { x: 0, tx: 5, T: 10 }], 'impossible-history'],
    ['a repeat purchase in no time', [again, { x: 1, tx: 0, T: 5 }], 'impossible-history'],
  ])('%s', (_what, members, reason) => {
    for (const fit of [fitBgNbd(members), fitParetoNbd(members)]) {
      expect(fit).toMatchObject({ type: 'untold', reason, sentence: expect.stringMatching(/^[A-Z].*\.$/) })
    }
  })
})
