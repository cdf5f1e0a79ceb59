import { expect, test } from 'vitest'
import { type DueCause, dueIn, dueName } from './due-cause.ts'

const one: { readonly [Type in DueCause['type']]: Extract<DueCause, { type: Type }> } = {
  lot: { type: 'lot', asset: 'points', priority: 1, lastDay: 20_527, on: 20_528 },
  voucher: { type: 'voucher', voucher: 'card/coffee/web/17/2', on: 20_528 },
  membership: { type: 'membership', plan: 'prime', at: 1_777_593_600_000 },
  hold: { type: 'hold', redemption: 'a/b' },
  seat: { type: 'seat', reward: 'evening', session: 'may', at: 1_777_593_600_000 },
  pending: { type: 'pending', entry: 'web/1001/points/0//20528', on: 20_531 },
  referral: { type: 'referral', at: 1_777_593_600_000 },
  tier: { type: 'tier', ladder: 'standing', on: -1 },
  left: { type: 'left', on: 20_528 },
  closing: { type: 'closing', at: 1_777_593_600_000 },
  begin: { type: 'begin', version: 3 },
}
const ends = (['never', 'idle-20512', 'idle--3', 'idle-20512@ada'] as const).map(
  (lastDay): DueCause => ({ ...one.lot, lastDay }),
)

test.each([...Object.values(one), ...ends])('TIME-4 what is due is read from its name: $type', (due) => {
  expect(dueIn(dueName(due))).toEqual(due)
})

test('an event is nothing that came about by itself', () => {
  for (const cause of ['web/1001', 'laurel/adjust/goodwill-7', 'laurel/ada/laurel/gift/k']) {
    expect(dueIn(cause)).toBeNull()
  }
})
