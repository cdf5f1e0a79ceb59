import type { Step } from './document-places.ts'

/** What the language has for a place of the document, as its JSON Schema says. */
export interface Word {
  readonly word: string
  /** In a few words. */
  readonly title: string
  /** At length, with an example. */
  readonly description: string
}

type Schema = Readonly<Record<string, unknown>>

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const schemasIn = (value: unknown): Schema[] => (Array.isArray(value) ? value.filter(isSchema) : [])
const textIn = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Reads one schema; made once, asked with every key. */
export class SchemaWords {
  readonly #whole: Schema
  constructor(whole: Schema) {
    this.#whole = whole
  }

  /** The keys that may stand under this path. */
  keysAt(path: readonly Step[]): Word[] {
    const words = new Map<string, Word>()
    for (const schema of this.#at(path)) {
      for (const [word, value] of Object.entries(isSchema(schema['properties']) ? schema['properties'] : {})) {
        if (!words.has(word)) words.set(word, wordOf(word, this.#resolved(value)))
      }
    }
    return [...words.values()]
  }

  /** The words that may stand as a value there, and the example of a value that is none of a few words. */
  valuesAt(path: readonly Step[]): Word[] {
    return this.#at(path).flatMap((schema) => {
      const chosen = 'const' in schema ? [schema['const']] : Array.isArray(schema['enum']) ? schema['enum'] : []
      return chosen
        .filter((value) => typeof value === 'string' || typeof value === 'number')
        .map((value) => ({ ...wordOf(String(value), schema), word: String(value) }))
    })
  }

  /** Under which section the ids stand that may be written there; null: it refers to nothing. */
  declaredAt(path: readonly Step[]): string | null {
    for (const schema of this.#at(path)) {
      const found = /declared under `(\w+)`/.exec(textIn(schema['description']))
      if (found?.[1] !== undefined) return found[1]
    }
    return null
  }

  /** What a key means; null: the language does not know it there. */
  meaningOf(path: readonly Step[], key: string): Word | null {
    return this.keysAt(path).find(({ word }) => word === key) ?? null
  }

  #at(path: readonly Step[]): Schema[] {
    let schemas = this.#spread(this.#whole)
    for (const step of path) {
      schemas = schemas.flatMap((schema) => this.#below(schema, step)).flatMap((schema) => this.#spread(schema))
    }
    return schemas
  }

  #below(schema: Schema, step: Step): Schema[] {
    if (step === null) return isSchema(schema['items']) ? [schema['items']] : []
    const known = isSchema(schema['properties']) ? schema['properties'][step] : undefined
    if (isSchema(known)) return [known]
    return isSchema(schema['additionalProperties']) ? [schema['additionalProperties']] : []
  }

  /** Each of the ways in which a value may be written. */
  #spread(schema: Schema): Schema[] {
    const resolved = this.#resolved(schema)
    const ways = [...schemasIn(resolved['anyOf']), ...schemasIn(resolved['oneOf'])]
    return [resolved, ...ways.flatMap((each) => this.#spread(each))]
  }

  #resolved(value: unknown): Schema {
    if (!isSchema(value)) return {}
    const name = /^#\/\$defs\/(.+)$/.exec(textIn(value['$ref']))?.[1]
    const definitions = this.#whole['$defs']
    if (name === undefined || !isSchema(definitions)) return value
    // What stands beside the reference says more about this place than the definition does.
    return { ...this.#resolved(definitions[name]), ...value, $ref: undefined }
  }
}

const wordOf = (word: string, schema: Schema): Word => ({
  word,
  title: textIn(schema['title']),
  description: textIn(schema['description']),
})
