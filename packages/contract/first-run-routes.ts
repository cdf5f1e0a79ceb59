import { z } from 'zod'
import { currencyExponentOf } from './currencies.ts'
import { label, programWord } from './fields.ts'
import { route } from './route.ts'
import { brandColour, shopName } from './settings-routes.ts'
import { emailAddress, newPassword } from './team-schemas.ts'

const readyProgram = z.strictObject({
  id: z.string(),
  name: z.string(),
  sentence: z.string().meta({ description: 'What it does, in one.' }),
  currency: z.string(),
  zone: z.string(),
})
export type ReadyProgramAnswer = z.output<typeof readyProgram>

const toFound = z.strictObject({
  owner: z.strictObject({ name: label, email: emailAddress, password: newPassword }),
  program: z.strictObject({
    from: programWord.meta({ description: 'Which ready-made program.' }),
    name: shopName.meta({
      description: 'How members know it; the shop is called so, too, until its settings say otherwise.',
    }),
    currency: z
      .string()
      .refine((code) => currencyExponentOf(code) !== undefined, 'must be a currency of ISO 4217, such as EUR'),
    zone: label.meta({ description: 'Of the shop’s clock, as `Europe/Berlin`.' }),
  }),
  colour: brandColour,
})
export type ToFound = z.output<typeof toFound>

const founded = z.strictObject({
  program: z.string(),
  name: z.string(),
  person: z.string(),
  signedIn: z
    .boolean()
    .meta({ description: 'Whether the answer brings a session: not under a name nobody has said is ours.' }),
  toReword: z.array(z.string()).meta({
    description:
      'Names and comments that speak of money in the currency that the ready-made program had: to be said anew.',
  }),
})
export type Founded = z.output<typeof founded>

/**
 * The first run, while there is no program and nobody on any team. Whoever holds the token that the server printed when it started
 * sends it as `Authorization: Bearer`.
 */
export const firstRunRoutes = {
  listReadyPrograms: route({
    method: 'GET',
    address: '/v1/first-run',
    scope: 'first-run',
    summary: 'The ready-made programs that a shop can begin with',
    answer: z.strictObject({ programs: z.array(readyProgram) }),
    problems: ['already-begun'],
  }),
  found: route({
    method: 'POST',
    address: '/v1/first-run',
    scope: 'first-run',
    summary: 'Open a shop: its owner, its program, its colour, all at once or nothing',
    body: toFound,
    answer: founded,
    problems: ['already-begun', 'program-not-accepted'],
  }),
}
