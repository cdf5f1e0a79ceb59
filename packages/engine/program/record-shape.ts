import type { FindingCode } from './finding.ts'
import { keyMeanings } from './key-meanings.ts'
import { lookAlikesIn } from './look-alikes.ts'
import { meantWord } from './nearest.ts'
import { choices, inOwnWords } from './own-words.ts'
import {
  canonicalMap,
  capital,
  type Definitions,
  type JsonSchema,
  meantMap,
  type Reading,
  reads,
  reportShape,
  type Shape,
  seeksRemedy,
} from './shape.ts'
import { childOf, type Entry, type MapTree, type Tree } from './syntax-tree.ts'

/** Maps with known keys: what is missing in them, what is misspelt, and what belongs elsewhere. */

export interface Field<out Value> {
  readonly shape: Shape<unknown>
  readonly required: boolean
  /** Shown when an editor's pointer rests on the key. */
  readonly says: string
  readonly example: string
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
    const meant = meantMap(Object.keys(fields), () => shape, tree, reading)
    const example = tree.path === '' ? exampleOf(fields, true) : reading.example || exampleOf(fields, false)
    reportShape(tree, reading, `${name} with keys`, example, meant)
    return { values: null, complete: false }
  }
  const values: Record<string, unknown> = { tree }
  let complete = true
  // A key that is only misspelt is not missing as well: one mistake, one finding.
  const misspelt = new Set<string | null>()
  // As is what stands one brace too far out.
  const mended = new Map<string, Tree>()
  for (const entry of tree.entries) {
    if (Object.hasOwn(fields, entry.key.text)) continue
    const home = homeOf(entry, tree, fields, reading)
    if (home === null) misspelt.add(reportUnknownKey(entry, name, Object.keys(fields), reading))
    else mended.set(home.key.text, withInside(home, entry, reading))
  }
  for (const [key, field] of Object.entries(fields)) {
    const child = mended.get(key) ?? childOf(tree, key)
    const value =
      child === undefined
        ? null
        : field.shape.read(child, {
            ...reading,
            within: tree,
            beside: Object.keys(fields),
            listed: false,
            example: inOwnWords(field.example, reading.names),
          })
    values[key] = value ?? null
    if (child === undefined && field.required && !misspelt.has(key)) {
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

/** The map beside it that would be right with it and is not without: `{ activities: { atLeast: 3 times }, of: review }`. */
function homeOf(entry: Entry, tree: MapTree, fields: Fields, reading: Reading): MapEntry | null {
  if (!seeksRemedy(reading)) return null
  const isHome = (each: Entry): each is MapEntry => {
    const shape = fields[each.key.text]?.shape
    if (shape === undefined || each.value.type !== 'map') return false
    const moved = { ...each.value, entries: [...each.value.entries, entry] }
    return !reads(shape, each.value, reading) && reads(shape, moved, reading)
  }
  return tree.entries.find(isHome) ?? null
}
type MapEntry = Entry & { readonly value: MapTree }

function withInside({ key, value }: MapEntry, entry: Entry, reading: Reading): MapTree {
  const moved = { ...value, entries: [...value.entries, entry] }
  const said = moved.entries.map((each) => (each.value.type === 'text' ? `${each.key.text}: ${each.value.text}` : null))
  const instead = said.includes(null) ? 'Write it there' : `Write ${key.text}: { ${said.join(', ')} }`
  reading.report(entry.key, 'unknown-key', `\`${entry.key.text}\` belongs inside \`${key.text}\``, instead)
  return moved
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

/** The known key that was meant, where one is near. */
function reportUnknownKey(entry: Entry, name: string, known: readonly string[], reading: Reading): string | null {
  const key = entry.key.text
  // `{ id:base }`
  const [, glued = '', value = ''] = /^([A-Za-z][\w-]*):(\S.*)$/.exec(key) ?? []
  if (known.includes(glued)) {
    const message = `\`${key}\` is no key: a blank is missing after the colon`
    reading.report(entry.key, 'blank-missing', message, `Put it there: \`${glued}: ${value}\``)
    return glued
  }
  // `name { en: C }`: a line without the colon of its key, and with that of what is inside.
  const [, opened = '', inside = ''] = /^([A-Za-z][\w-]*) *([{[].*)$/.exec(key) ?? []
  if (opened !== '' && entry.value.type === 'text') {
    const message = `This cannot be read: a colon is missing behind the key \`${opened}\``
    reading.report(entry.key, 'yaml-syntax', message, `Write ${opened}: ${inside}: ${entry.value.text}`)
    return opened
  }
  const plain = lookAlikesIn(key)
  if (plain !== null && known.includes(plain.plain)) {
    const message = `\`${key}\` has ${plain.name} in it`
    reading.report(entry.key, 'unknown-key', message, `Write ${plain.plain} in letters of one alphabet`)
    return plain.plain
  }
  // The opposite of `include` is one letter or two away from it.
  if (key.toLowerCase().startsWith('exclu') && known.includes('include')) {
    const message = `${capital(name)} has no key \`${key}\``
    const instead = `Leave it out: what spend leaves out counts only where \`include\` names it; for goods, write lines: 'line.category != "gift"'`
    reading.report(entry.key, 'unknown-key', message, instead)
    return key
  }
  const near = meantWord(key, known)
  const instead = near === null ? `The keys of ${name} are: ${known.join(', ')}` : `Did you mean \`${near}\`?`
  reading.report(entry.key, 'unknown-key', `${capital(name)} has no key \`${key}\``, instead)
  return near
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
