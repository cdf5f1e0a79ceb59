import { z } from 'zod'
import { flag, instant, instantAnswered, label, next, page } from './fields.ts'
import { scopes } from './route.ts'

/** Keys as they are listed: what they may do, never what opens them. */
export const apiKey = z.strictObject({
  id: z.string(),
  name: z.string(),
  holder: z.string().nullable().meta({ description: 'Whose hands it is in; two keys of one holder are one person.' }),
  scopes: z.array(z.string()),
  createdAt: instantAnswered,
  createdBy: z.string(),
  expiresAt: instantAnswered.nullable(),
  revokedAt: instantAnswered.nullable(),
  inForce: z.boolean(),
})
export type ApiKey = z.output<typeof apiKey>

export const keysQuery = z.strictObject({
  ended: flag.meta({ description: 'Those that are expired or revoked, too.' }),
  ...page(200, 50),
})
export const keyPage = z.strictObject({ keys: z.array(apiKey), next })
export const keyPath = z.strictObject({ key: z.string().regex(/^[a-z0-9]{1,32}$/, 'is no id of a key') })

export const keyToMake = z.strictObject({
  name: label.meta({
    description: 'What it is for, as `till in Mill Lane`. No name of a person; among keys in force it is the only one.',
  }),
  scopes: z
    .array(z.enum(scopes, `must be one of ${scopes.join(', ')}`))
    .min(1, 'must name one scope or more')
    .max(scopes.length, `has more than ${scopes.length} entries`),
  expiresAt: instant
    .nullable()
    .optional()
    .meta({ description: 'From when on it no longer works; null: until it is revoked.' }),
})
export const keyMade = apiKey.extend({
  key: z.string().meta({ description: 'Shown this once: what is kept of it is a hash.' }),
})
export type KeyMade = z.output<typeof keyMade>
