import type { FindingCode } from './finding.ts'
import { keyMeanings } from './key-meanings.ts'
import { exampleWith, meantAlone, meantInField, readingUnder, reportUnknownKeys } from './meant-keys.ts'
import { choices, inOwnWords } from './own-words.ts'
import {
  canonicalMap,
  capital,
  type Definitions,
  type JsonSchema,
  type KnownField,
  meantMap,
  type Reading,
  reads,
  reportShape,
  type Shape,
} from './shape.ts'
import { childOf, type MapTree, type TextTree, type Tree } from './syntax-tree.ts'

/** Maps with known keys: what is missing in them, what is misspelt, and what belongs elsewhere. */

export interface Field<out Value> extends KnownField {
  /** A code of its own where silence is dangerous. */
  readonly missing?: FindingCode
  /** Only for the type. */
  readonly value?: Value
}

export const required = <Value>(
  shape: Shape<Value>,
  says: string,
  example: string,
  missing?: FindingCode,
): Field<Value> => ({ shape, required: true, says, example, ...(missing === undefined ? {} : { missing }) })

export const optional = <Value>(shape: Shape<Value>, says: string, example = ''): Field<Value | null> => ({
  shape,
  required: false,
  says,
  example,
})

type Fields = Readonly<Record<string, Field<unknown>>>
type Read<F extends Fields> = { readonly [Key in keyof F]: F[Key] extends Field<infer Value> ? Value : never } & {
  /** Where it stands, for findings of later checks. */
  readonly tree: MapTree
}

/** A map with known keys. What is optional and absent, or could not be read, is null; a required one must be readable. */
export function record<F extends Fields>(name: string, fields: F): Shape<Read<F>> {
  return {
    read(tree, reading) {
      const { values, complete } = readFields(name, fields, tree, reading)
      return complete ? (values as Read<F>) : undefined
    },
    canonical: (tree, reading) => canonicalMap(tree, (entry) => fields[entry.key.text]?.shape, reading),
    schema: (definitions) => recordSchema(fields, definitions),
    fields,
  }
}

/** As `record`, and every field that cannot be read is null: the rest of the document is still checked. */
export function sections<F extends Fields>(
  name: string,
  fields: F,
): Shape<{ readonly [Key in keyof Read<F>]: Key extends 'tree' ? MapTree : Read<F>[Key] | null }> {
  type Sections = { readonly [Key in keyof Read<F>]: Key extends 'tree' ? MapTree : Read<F>[Key] | null }
  return {
    ...record(name, fields),
    read(tree, reading) {
      const { values } = readFields(name, fields, tree, reading)
      return values === null ? undefined : (values as Sections)
    },
  }
}

function readFields(name: string, fields: Fields, tree: Tree, reading: Reading) {
  if (tree.type !== 'map') {
    const shape = record(name, fields)
    const meant =
      meantMap(Object.keys(fields), () => shape, tree, reading) ??
      meantAlone(fields, tree, reading) ??
      meantInField(fields, tree, reading)
    const example =
      exampleWith(fields, tree, reading) ??
      (tree.path === '' ? exampleOf(fields, true) : reading.example || exampleOf(fields, false))
    reportShape(tree, reading, `${name} with keys`, example, meant)
    return { values: null, complete: false }
  }
  const values: Record<string, unknown> = { tree }
  let complete = true
  const { missing, mended } = reportUnknownKeys(name, fields, tree, reading)
  for (const [key, field] of Object.entries(fields)) {
    const child = mended.get(key) ?? childOf(tree, key)
    const value = child === undefined ? null : readField(key, field, child, readingUnder(tree, fields, key, reading))
    values[key] = value ?? null
    if (child === undefined && field.required && !missing.has(key)) {
      reading.report(
        tree,
        field.missing ?? 'missing-key',
        `${capital(name)} does not say \`${key}\``,
        toAdd(key, field, reading),
      )
    }
    if (field.required && (value === undefined || child === undefined)) complete = false
  }
  return { values, complete }
}

function readField(key: string, field: Field<unknown>, tree: Tree, reading: Reading): unknown {
  if (field.required || tree.type !== 'text') return field.shape.read(tree, reading)
  const silence = silenceMeant(tree, field, reading)
  if (silence === null) return field.shape.read(tree, reading)
  const message = `\`${tree.text}\` is said by saying nothing`
  reading.report(tree, 'wrong-shape', message, `Leave \`${key}\` out: silence means ${silence}`)
  return undefined
}

/** `unlimited`, `none`, `always` where silence means just that: what it means. */
function silenceMeant(tree: TextTree, { shape, says }: Field<unknown>, reading: Reading): string | null {
  const word = tree.text.toLowerCase()
  const isNothing = /^(none|no|never|nothing|unlimited|infinite|off|unbegrenzt|ilimitado|sınırsız)$/.test(word)
  const isAll = /^(all|always|any|every|everything|everyone|anytime)$/.test(word)
  if (!isNothing && !isAll) return null
  const [, means = ''] = /silence means (.+)$/.exec(says) ?? []
  const isMeant =
    (isNothing && /\b(without|never|not|nothing|none|no)\b/.test(means)) ||
    (isAll && /^(all|always|every)\b/.test(means))
  if (!isMeant || reads(shape, tree, reading)) return null
  if (reads(shape, { ...tree, text: 'none' }, reading)) return null // where saying so is not the same as silence
  return means
}

/** What fits this document, where that is known; else an example that is called one. */
function toAdd(key: string, { shape, says, example }: Field<unknown>, { names }: Reading): string {
  const told = `${says.charAt(0).toLowerCase()}${says.slice(1)}`
  const known = shape.declared?.known(names) ?? shape.words ?? []
  const written = choices(known.map((each) => `\`${key}: ${each}\``))
  if (written !== null) return `Add ${written}: ${told}`
  if (shape.declared !== undefined && known.length === 0) {
    return `Add \`${key}\`, ${told}; declare it under \`${shape.declared.where}\``
  }
  return `Add \`${key}\`, for instance \`${key}: ${inOwnWords(example, names)}\`: ${told}`
}

const exampleOf = (fields: Fields, isRoot: boolean): string => {
  const required = Object.entries(fields).filter(([, field]) => field.required)
  const told = Object.entries(fields).filter(([, field]) => field.example !== '')
  const keys = (required.length > 0 ? required : told.slice(0, 1))
    .slice(0, 3) // enough to see how it looks
    .map(([key, field]) => `${key}: ${field.example}`)
    .join(', ')
  return isRoot || keys === '' ? keys : `{ ${keys} }`
}

function recordSchema(fields: Fields, definitions: Definitions): JsonSchema {
  const properties = Object.entries(fields).map(([key, field]) => {
    const example = field.example === '' ? '' : `. For instance: ${key}: ${field.example}`
    const told = { title: keyMeanings[key] ?? key, description: `${field.says}${example}` }
    return [key, { ...field.shape.schema(definitions), ...told }]
  })
  const names = Object.entries(fields).flatMap(([key, field]) => (field.required ? [key] : []))
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    ...(names.length === 0 ? {} : { required: names }),
    additionalProperties: false,
  }
}
