import { z } from 'zod'

const compiledBySchema = new WeakMap<z.ZodType, z.ZodType>()

/**
 * The same schema as code, made when it is first asked for: two to three times as fast, and nothing of what is read is
 * remembered by the parser. What does not fit is read again by the schema itself, which says why.
 */
export function compiled<Schema extends z.ZodType>(schema: Schema): Schema {
  const known = compiledBySchema.get(schema)
  // One schema, one type: what is kept for it was made of it.
  if (known !== undefined) return known as Schema
  const made = z.compile(schema)
  compiledBySchema.set(schema, made)
  return made
}
