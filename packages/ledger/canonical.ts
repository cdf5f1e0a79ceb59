/**
 * The canonical text of plain JSON (RFC 8785): no white space, keys in order of their UTF-16 code units, numbers and strings
 * as ECMAScript writes them. Its UTF-8 bytes are what is hashed, so a value means the same bytes on every machine and after
 * every trip through `jsonb`, which reorders keys. A property that is `undefined` is absent, as in `JSON.stringify`.
 * Throws a `NotCanonical` with the path of what no other JSON reader would read alike: numbers that are not finite, integers
 * beyond 2^53 - 1, lone surrogates, and everything that is no JSON.
 */
export function canonicalText(value: unknown): string {
  try {
    return writtenWhole(value)
  } catch (error) {
    if (!(error instanceof NotJson)) throw error
    throw new NotCanonical(`$${error.path.join('')}: ${error.message}`)
  }
}

export const canonicalBytes = (value: unknown): Uint8Array => encoder.encode(canonicalText(value))

const encoder = new TextEncoder()

/** The value has no canonical form. */
export class NotCanonical extends TypeError {
  override readonly name = 'NotCanonical'
}

/** The path is gathered on the way out, so that it costs nothing where all is well. */
class NotJson extends Error {
  readonly path: string[] = []
}

/**
 * What has its keys in order already, `JSON.stringify` writes canonically, five times as fast and without garbage. A list is
 * looked at item by item, so that one that is out of order does not hold up the rest.
 */
function writtenWhole(value: unknown): string {
  const text = Array.isArray(value) ? listText(value) : isOrdered(value) ? JSON.stringify(value) : written(value)
  // So a lone surrogate is written, and hardly anything else: the slow way tells them apart.
  return text.includes('\\ud') ? written(value) : text
}

function listText(items: readonly unknown[]): string {
  const out: number[] = []
  for (let index = 0; index < items.length; index++) if (!isOrdered(items[index])) out.push(index)
  if (out.length === 0) return JSON.stringify(items)
  return `[${Array.from(items, (item, index) => (out.includes(index) ? itemText(item, index) : JSON.stringify(item))).join(',')}]`
}

/** Whether `JSON.stringify` writes it canonically, texts aside; what is no JSON at all is left to the slow way to refuse. */
function isOrdered(value: unknown): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true
    case 'number':
      return Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value)
    case 'object':
      if (value === null) return true
      return Array.isArray(value) ? isOrderedList(value) : isOrderedObject(value)
    case 'undefined':
    case 'bigint':
    case 'symbol':
    case 'function':
      return false
  }
}

function isOrderedList(values: readonly unknown[]): boolean {
  for (const value of values) if (!isOrdered(value)) return false
  return true
}

function isOrderedObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return false
  let last = ''
  // Without a list of the keys; what `Object.prototype` might have been given is looked at, too, and only costs time.
  for (const key in value) {
    if (key < last) return false
    if (!isOrdered(entryAt(value as Readonly<Record<string, unknown>>, key))) return false
    last = key
  }
  return true
}

/**
 * Apart from the loop: within `for in`, V8 compiles `value[key]` for the names that it has met, and throws the whole function away
 * at each that is new to it: with every kind of effect, without end.
 */
const entryAt = (value: Readonly<Record<string, unknown>>, key: string) => value[key]

function written(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return stringText(value)
    case 'number':
      return numberText(value)
    case 'boolean':
      return value ? 'true' : 'false'
    case 'object':
      if (value === null) return 'null'
      return Array.isArray(value) ? arrayText(value) : objectText(value)
    case 'undefined':
    case 'bigint':
    case 'symbol':
    case 'function':
      throw new NotJson(`${typeof value} is no JSON`)
  }
}

// Printable ASCII without quote and backslash is nearly all there is, and stands for itself.
const plain = /^[ !#-[\]-~]*$/

function stringText(value: string): string {
  if (plain.test(value)) return `"${value}"`
  if (!value.isWellFormed()) throw new NotJson('a lone surrogate is no text')
  return JSON.stringify(value)
}

function numberText(value: number): string {
  if (!Number.isFinite(value)) throw new NotJson(`${value} is no JSON number`)
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
    throw new NotJson(`${value} is beyond 2^53 - 1, where readers differ`)
  }
  return value === 0 ? '0' : String(value) // -0 is written 0
}

// `Array.from` shows a hole as what it is: undefined, and no JSON.
const arrayText = (values: readonly unknown[]): string => `[${Array.from(values, itemText).join(',')}]`

function itemText(value: unknown, index: number): string {
  try {
    return written(value)
  } catch (error) {
    throw under(`[${index}]`, error)
  }
}

function objectText(value: object): string {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) throw new NotJson('a plain object is wanted')
  const entries = value as Readonly<Record<string, unknown>>
  const { keys, starts } = shapeOf(entries)
  let at = ''
  try {
    let text = ''
    for (let index = 0; index < keys.length; index++) {
      at = keys[index] ?? ''
      const entry = entries[at]
      // Where a property before it is absent, the comma is one too many.
      if (entry !== undefined) text += (text === '' ? '' : ',') + starts[index] + written(entry)
    }
    return `{${text}}`
  } catch (error) {
    throw under(`.${at}`, error)
  }
}

/** The keys of an object in canonical order, each with its text and colon. */
interface Shape {
  readonly keys: readonly string[]
  readonly starts: readonly string[]
}

/** Shapes by the keys as they were written, one after another. Programs make objects of few shapes, and many of each. */
class ShapeNode {
  readonly after = new Map<string, ShapeNode>()
  shape: Shape | null = null
}

let shapes = new ShapeNode()
let shapesKnown = 0
/** Objects whose keys are somebody's data have a shape each; then the memory starts anew. */
const SHAPES_MAX = 2_000

function shapeOf(entries: Readonly<Record<string, unknown>>): Shape {
  let node = shapes
  for (const key of Object.keys(entries)) {
    let next = node.after.get(key)
    if (next === undefined) {
      next = new ShapeNode()
      node.after.set(key, next)
      shapesKnown += 1
    }
    node = next
  }
  if (node.shape !== null) return node.shape
  const keys = Object.keys(entries).sort()
  node.shape = { keys, starts: keys.map(startOf) }
  const { shape } = node
  if (shapesKnown > SHAPES_MAX) {
    shapes = new ShapeNode()
    shapesKnown = 0
  }
  return shape
}

function startOf(key: string): string {
  try {
    return `${stringText(key)}:`
  } catch (error) {
    throw under(`.${key}`, error)
  }
}

function under(step: string, error: unknown): unknown {
  if (error instanceof NotJson) error.path.unshift(step)
  return error
}
