import type { Award, MemberEvent, Program, Stamp } from '@laurel/engine'
import fc from 'fast-check'
import { capOf } from '../vectors/program-builder.ts'
import { chosen } from './basket.ts'
import { some } from './conditions.ts'
import { goal, near } from './goals.ts'
import type { Scale } from './scale.ts'
import type { Step } from './told.ts'

/** Friends whom members send (RFL-1): one history is a friend's and an advocate's at once. */

const given: fc.Arbitrary<readonly Award[]> = fc.constantFrom<readonly Award[]>(
  [{ type: 'amount', asset: 'points', amount: 30 }],
  [
    { type: 'amount', asset: 'points', amount: 12 },
    { type: 'reward', reward: 'gift' },
  ],
  [{ type: 'amount', asset: 'status', amount: 25 }],
)

export const referrals = (scale: Scale): fc.Arbitrary<Program['referral']> =>
  some(
    fc.record({
      friend: given,
      advocate: given,
      qualifies: goal(near),
      hold: fc.constantFrom(...scale.pendings),
      cap: some(
        fc
          .constantFrom(...scale.capUnits)
          .map((unit) => capOf('referral', 1, { counts: 'times', span: { type: 'calendar', unit }, edge: 'refuse' })),
        2,
      ),
      review: fc.record({
        sameDevice: fc.boolean(),
        sameAddress: fc.boolean(),
        samePayment: fc.boolean(),
        velocity: fc.constant({ most: 2, within: scale.graces[0] ?? { months: 0, days: 1, ms: 0 } }),
      }),
    }),
    2,
  )

interface Named {
  readonly source: string
  readonly id: string
  readonly stamp: Stamp
}

/** Members of one program: whoever is sent was sent by any of them. */
const members = ['ada', 'ben', 'cleo', 'dora'] as const

export const claimReferral = ({ pick, other, share }: Step, common: Named): MemberEvent => ({
  ...{ ...common, type: 'referral.claim', advocate: chosen(members, other) ?? 'ada', answer: null },
  signals: pick === 0 ? ['same-device'] : pick === 1 ? ['same-person', 'same-address'] : [],
  recent: share > 11 ? 3 : 1,
})

/** What a person says of it, and what is found later. */
export const lookAtReferral = (
  { pick, flag }: Step,
  staff: Named & { readonly actor: string; readonly reason: string },
): MemberEvent =>
  pick > 8
    ? { ...staff, type: 'referral.suspected', signals: flag ? ['same-payment'] : ['same-person'] }
    : { ...staff, type: 'referral.reviewed', approved: pick > 2 }

/** Of several friends; now and then an older word comes after a newer one. */
export const hearOfFriend = ({ pick, other, share }: Step, common: Named, count: number): MemberEvent => ({
  ...{ ...common, type: pick > 4 ? 'referral.qualified' : 'referral.reversed', terms: 1 },
  ...{ from: chosen(members, other) ?? 'ben', round: 2 * (share === 12 ? 1 : count) },
})
