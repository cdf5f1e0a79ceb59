import { z } from 'zod'
import { instant, instantAnswered, next, page, programWord } from './fields.ts'
import { storable } from './program-schemas.ts'

/** Sandboxes: programs with a clock of their own, for whoever tries an integration. */

/** Ten years are some thousands of stops: longer is more than one call. */
export const advanceDaysMax = 3_660

/** Where clocks end: a year beyond has five digits, which no database reads as others write it. */
export const clockEnd = '3000-01-01T00:00:00.000Z'
const clockInstant = instant.refine((at) => at <= clockEnd, 'must not be after the year 2999')

export const sandboxPath = z.strictObject({ sandbox: programWord })

export const sandboxToCreate = z
  .strictObject({
    id: programWord.meta({ description: 'Of the sandbox, which is a program; none may have it.' }),
    document: storable(500_000).optional().meta({
      description: 'What it begins with. Its id is changed to that of the sandbox; nothing else is.',
    }),
    version: z.int().min(1).max(999_999_999).optional().meta({
      description: 'The version of this program that it begins with; the latest where neither is said.',
    }),
    startsAt: clockInstant
      .optional()
      .meta({ description: 'What its clock shows at first; now, where nothing is said.' }),
  })
  .refine(({ document, version }) => document === undefined || version === undefined, {
    path: ['version'],
    message: 'must not be said beside a document',
  })

const advanceStatus = z.enum(['running', 'done', 'cancelled', 'failed'])

export const advance = z.strictObject({
  id: z.string(),
  status: advanceStatus,
  from: instantAnswered,
  to: instantAnswered,
  clock: instantAnswered.meta({ description: 'How far it has come, or where the clock of the sandbox stands since.' }),
  fired: z.int().meta({ description: 'How often time did something to a member.' }),
  startedAt: instantAnswered.meta({ description: 'By the wall clock, as is its end.' }),
  startedBy: z.string(),
  endedAt: instantAnswered.nullable(),
  failure: z.string().nullable(),
})
export type AdvanceAnswer = z.output<typeof advance>

export const sandbox = z.strictObject({
  id: z.string(),
  of: z.string().meta({ description: 'The program that made it.' }),
  clock: instantAnswered.meta({ description: 'What time it is there. It stands still until it is advanced.' }),
  createdAt: instantAnswered.meta({ description: 'By the wall clock.' }),
  versions: z.int(),
  advancing: z.string().nullable().meta({ description: 'The id of the advance that is under way.' }),
})
export type SandboxAnswer = z.output<typeof sandbox>

export const sandboxCreated = z.strictObject({
  ...sandbox.shape,
  repeated: z.boolean().meta({ description: 'True where it was there already, begun with this very document.' }),
})
export const sandboxes = z.strictObject({ sandboxes: z.array(sandbox), next })
export const sandboxesQuery = z.strictObject(page(200, 50))

export const sandboxKey = z.strictObject({
  sandbox: z.string(),
  id: z.string(),
  key: z
    .string()
    .meta({ description: 'Shown this once. It may do everything in the sandbox, and nothing anywhere else.' }),
})

export const toAdvance = z
  .strictObject({
    days: z
      .int()
      .min(1, 'must be 1 or more')
      .max(advanceDaysMax, `must be at most ${advanceDaysMax}`)
      .optional()
      .meta({ description: 'Days of the program’s zone: to the same hour, so many days later.' }),
    to: clockInstant.optional(),
  })
  .refine(({ days, to }) => (days === undefined) !== (to === undefined), {
    path: ['days'],
    message: 'must be said, or else "to"; not both',
  })

export const advancePath = z.strictObject({ advance: z.string().regex(/^[0-9a-f]{32}$/, 'is no id of an advance') })
export const advances = z.strictObject({ advances: z.array(advance), next })
export const advancesQuery = z.strictObject(page(200, 50))
