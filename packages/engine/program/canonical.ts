import { document } from './document/document.ts'
import { type ReadDocument, readDocument } from './read.ts'
import type { Json } from './shape.ts'

/**
 * The one text for all documents that say the same: JSON as in RFC 8785, keys sorted by code unit, no white space, every
 * value in its one spelling (`P2W` is `P14D`, `1.50` times is `1.5`), order kept where it means something. Its SHA-256
 * identifies a version's content. It is a document itself and compiles to the same program. Null where the text is none.
 */
export const canonicalProgram = (text: string): string | null => canonicalOf(readDocument(text))

/** Of what was read and is not compiled yet: what compiling finds is no reason to have no text. */
export function canonicalOf({ tree, reading }: ReadDocument): string | null {
  if (tree === null || reading.findings.length > 0) return null
  return canonicalJson(document.canonical(tree, reading))
}

function canonicalJson(value: Json): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value)
