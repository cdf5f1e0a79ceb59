import type { Award, MemberEvent, MembershipPlan, Program, Stamp } from '@laurel/engine'
import fc from 'fast-check'
import { everyone } from '../vectors/program-builder.ts'
import { holdout, plans, some } from './conditions.ts'
import type { Scale } from './scale.ts'
import type { Step } from './told.ts'

/** Paid memberships (MEM-1): what billing tells, in whatever order it comes to do so. */

const entry: fc.Arbitrary<readonly Award[]> = fc.constantFrom<readonly Award[]>(
  [],
  [{ type: 'amount', asset: 'points', amount: 15 }],
  [
    { type: 'reward', reward: 'gift' },
    { type: 'amount', asset: 'status', amount: 25 },
  ],
)

export const memberships = (scale: Scale): fc.Arbitrary<Program['memberships']> =>
  some(
    fc.record({
      every: fc.constantFrom(...scale.lives),
      trial: some(fc.constantFrom(...scale.graces), 2),
      grace: some(fc.constantFrom(...scale.graces), 2),
      cancel: fc.constantFrom('period-end' as const, 'at-once' as const),
      entry,
      holdout,
    }),
    2,
  ).map((drawn) => {
    if (drawn === null) return new Map()
    const of = (id: string): MembershipPlan => ({
      ...{ id, name: {}, fee: 900, benefits: [], audience: everyone },
      ...drawn,
    })
    return new Map(plans.map((id) => [id, of(id)]))
  })

interface Named {
  readonly source: string
  readonly id: string
  readonly stamp: Stamp
}

export function billed({ pick, flag }: Step, common: Named): MemberEvent[] {
  const of = { ...common, plan: plans[0] ?? '' }
  if (pick < 4) return [{ ...of, type: 'membership.started', fee: flag ? 900 : null }]
  const renewed = { ...of, type: 'membership.renewed', fee: 900 } as const
  if (pick < 7) return [renewed]
  // Some pay for several periods ahead.
  if (pick < 9) return [renewed, { ...renewed, id: `${common.id}-2` }, { ...renewed, id: `${common.id}-3` }]
  return pick === 9 ? [{ ...of, type: 'membership.failed' }] : [{ ...of, type: 'membership.cancelled' }]
}
