import type { Language } from '@laurel/engine'
import { z } from 'zod'
import { instantAnswered, next, page } from './fields.ts'
import { finding, published, storable } from './program-schemas.ts'

/** Drafts: what is written, checked and approved before it is published. */

const comment = storable(2000)
export const revision = z.int().min(1).max(999_999_999)

export const draftId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'must be up to 64 small letters, digits and "-"')

export const draftPath = z.strictObject({ draft: draftId })

export const draftToSave = z.strictObject({
  revision: z.int().min(0).max(999_999_999).meta({
    description:
      'The revision that you have read; 0 for a new draft. Where somebody has saved since, nothing is written.',
  }),
  document: storable(500_000).meta({ description: 'It need not compile yet.' }),
  note: comment.default(''),
  basedOn: z.int().min(0).max(999_999_999).optional().meta({
    description:
      'The version that it takes the place of. Where nothing is said: the latest for a new draft, and later what it was.',
  }),
})

const draftFields = {
  id: z.string(),
  revision,
  status: z.enum(['open', 'submitted', 'approved', 'published']),
  note: z.string(),
  basedOn: z.int(),
  changedAt: instantAnswered,
  changedBy: z.string(),
  version: z.int().nullable().meta({ description: 'What it was published as.' }),
}
const draftSummary = z.strictObject(draftFields)
export const draft = z.strictObject({
  ...draftFields,
  document: z.string(),
  latest: z.int().meta({ description: 'The latest version of the program; 0: there is none.' }),
  needsApproval: z.boolean().meta({ description: 'Whether a second person must approve it before it is published.' }),
  findings: z.array(finding).meta({ description: 'Of the checker; it is published only without errors.' }),
})
export type DraftAnswer = z.output<typeof draft>
export type DraftSummary = z.output<typeof draftSummary>

export const draftsQuery = z.strictObject(page(200, 50))
export const drafts = z.strictObject({ drafts: z.array(draftSummary), next })

export const draftSteps = z.strictObject({
  steps: z.array(
    z.strictObject({
      number: z.int(),
      act: z.enum(['saved', 'submitted', 'approved', 'sent-back', 'published']),
      revision,
      actor: z.string(),
      comment: z.string(),
      at: instantAnswered,
    }),
  ),
  next,
})
export type DraftStepAnswer = z.output<typeof draftSteps>['steps'][number]

export const draftToMove = z.strictObject({ revision, comment: comment.default('') })
export const draftToReview = z.discriminatedUnion('verdict', [
  z.strictObject({ verdict: z.literal('approve'), revision, comment: comment.default('') }),
  z.strictObject({ verdict: z.literal('send-back'), revision, comment: comment.min(1, 'must say why') }),
])

/** A language that the engine learns does not compile before it stands here. */
const languages = { en: 'en', tr: 'tr', de: 'de', es: 'es', ar: 'ar' } as const satisfies { [Each in Language]: Each }

export const differencesQuery = z.strictObject({
  version: z
    .string()
    .regex(/^[1-9]\d{0,8}$/, 'must be a whole number')
    .transform(Number)
    .optional()
    .meta({ description: 'Compared with this one; with the one in force now where nothing is said.' }),
  language: z.enum(languages).default('en'),
})
export const differences = z.strictObject({
  version: z.int(),
  differences: z.array(
    z.strictObject({
      path: z.string(),
      kind: z.enum(['added', 'removed', 'changed', 'renamed', 'moved']),
      text: z.string(),
      changes: z.array(z.looseObject({ path: z.string() })),
    }),
  ),
})

export const draftPublished = z.strictObject({ ...published.shape, draft: z.string() })
