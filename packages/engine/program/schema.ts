import { document } from './document/document.ts'
import type { JsonSchema } from './shape.ts'

/**
 * The JSON Schema (2020-12) of the document, for editors: which keys there are, what they mean, how values look. It is made
 * from the shapes that read documents. What only the compiler can see (references, overlaps, conditions) it does not say.
 */
export function programSchema(): JsonSchema {
  const definitions = new Map<string, JsonSchema>()
  const whole = document.schema(definitions)
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Laurel program, language version 1',
    description: 'What a loyalty program gives, to whom, for what, and for how long.',
    ...whole,
    $defs: Object.fromEntries([...definitions].sort(([a], [b]) => (a < b ? -1 : 1))),
  }
}
