import { z } from 'zod'
import { flag, instantAnswered, next, page } from './fields.ts'

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
