import { z } from 'zod'
import { programWord, sumAnswered } from './fields.ts'

/** What a program, its partners and its charities owe each other (PART-1), by ledger facts alone. Money is minor units. */

export const settlementPath = z.strictObject({
  month: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'must be a month like 2026-03')
    .meta({ examples: ['2026-03'] }),
})

const amounts = z.array(
  z.strictObject({
    asset: z.string(),
    issued: sumAnswered.meta({ description: 'Earned there, net of refunds; of a charity: nothing.' }),
    received: sumAnswered.meta({ description: 'Burned there, or given to the charity, net of what came back.' }),
  }),
)

export const settlement = z.strictObject({
  month: z.string(),
  currency: z.string(),
  ended: z.boolean().meta({ description: 'The month is over: nothing of it changes any more.' }),
  parties: z.array(
    z.strictObject({
      kind: z.enum(['partner', 'charity']),
      id: z.string(),
      amounts,
      owes: sumAnswered.meta({ description: 'To the program; below zero the program owes.' }),
    }),
  ),
  programOwes: sumAnswered.nullable().meta({
    description: 'To all of them together: with the others it sums to zero. null: a partner’s key sees its own only.',
  }),
})
export type SettlementAnswer = z.output<typeof settlement>

const caused = {
  amounts: z.array(z.strictObject({ asset: z.string(), amount: sumAnswered })),
  worth: sumAnswered.meta({ description: 'In money, where the asset states what it is worth.' }),
  impact: z
    .strictObject({ times: sumAnswered, of: z.record(z.string(), z.string()) })
    .nullable()
    .meta({ description: 'How often what brings it about has come together; null: the program does not say.' }),
}
export const charityPath = z.strictObject({ charity: programWord })
export const charityStanding = z.strictObject({ charity: z.string(), ...caused })
export const memberImpact = z.strictObject({
  member: z.string(),
  charities: z.array(charityStanding),
})
export type CharityAnswer = z.output<typeof charityStanding>
export type ImpactAnswer = z.output<typeof memberImpact>
