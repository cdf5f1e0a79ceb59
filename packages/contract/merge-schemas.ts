import { z } from 'zod'
import { byStaff } from './act-schemas.ts'
import { memberId } from './fields.ts'

/** Two members that are one person (MRG-1). */

export const toMerge = z.strictObject({
  into: memberId.meta({ description: 'Who remains.' }),
  ...byStaff,
})

export const mergeToUndo = z.strictObject(byStaff)

export const mergeAnswer = z.strictObject({
  member: z.string().meta({ description: 'Who has gone, or is back.' }),
  into: z.string().meta({ description: 'Who remains: what comes for the other is recorded here.' }),
  repeated: z.boolean(),
})
export type MergeAnswer = z.output<typeof mergeAnswer>
