import type { FindingCode } from './finding.ts'
import { ID_LENGTH_MAX, idMeant } from './id-meant.ts'
import { lookAlikesIn } from './look-alikes.ts'
import { meantWord, suggestion } from './nearest.ts'
import { oddBlankIn } from './odd-blanks.ts'
import { capital, defined, type JsonSchema, type Reading, reads, reportShape, type Shape } from './shape.ts'

/** What a scalar's own parser says of a text. */
export type Parsed<Value> = { readonly value: Value } | Wrong
export interface Wrong {
  readonly code: FindingCode
  readonly message: string
  readonly instead: string
  /** The text as it would be right, where that is one thing. */
  readonly meant: string | null
}

export const right = <Value>(value: Value): Parsed<Value> => ({ value })
export const wrong = (code: FindingCode, message: string, instead: string, meant: string | null = null): Wrong => ({
  code,
  message,
  instead,
  meant,
})

export interface ScalarWords<Value> {
  /** `a period`: how messages call it. */
  readonly name: string
  readonly example: string
  readonly schema: JsonSchema
  parse(text: string, reading: Reading): Parsed<Value>
  /** The one canonical text of a value. */
  print(value: Value, reading: Reading): string
}

/** A value that is one piece of text. */
export function scalar<Value>(words: ScalarWords<Value>): Shape<Value> {
  return {
    read(tree, reading) {
      if (tree.type !== 'text') return reportShape(tree, reading, words.name, words.example)
      if (tree.text === '') {
        const example = words.example || reading.example
        const instead = example === '' ? `Write ${words.name}` : `Write ${words.name}, for instance \`${example}\``
        reading.report(tree, 'empty-value', 'Nothing is said here', instead)
        return undefined
      }
      const parsed = words.parse(tree.text, reading)
      if ('value' in parsed) return parsed.value
      const odd = oddBlankIn(tree.text)
      if (odd !== null && 'value' in words.parse(odd.plain, reading)) {
        reading.report(tree, parsed.code, `\`${tree.text}\` has ${odd.name} in it`, `Write ${odd.plain}`, odd.plain)
        return undefined
      }
      const foreign = lookAlikesIn(tree.text)
      if (foreign !== null && 'value' in words.parse(foreign.plain, reading)) {
        const instead = `Write ${foreign.plain} in letters of one alphabet`
        reading.report(tree, parsed.code, `\`${tree.text}\` has ${foreign.name} in it`, instead, foreign.plain)
        return undefined
      }
      reading.report(tree, parsed.code, parsed.message, parsed.instead, parsed.meant)
      return undefined
    },
    canonical(tree, reading) {
      if (tree.type !== 'text') return ''
      const parsed = words.parse(tree.text, reading)
      return 'value' in parsed ? words.print(parsed.value, reading) : tree.text
    },
    schema: () =>
      words.example === '' || 'oneOf' in words.schema ? words.schema : { ...words.schema, ...told(words) },
  }
}

const told = ({ name, example }: { readonly name: string; readonly example: string }) => ({
  description: capital(name),
  examples: [example],
})

/** One of the words of the language, each with the sentence that an editor shows. */
export function word<Key extends string>(name: string, says: Readonly<Record<Key, string>>): Shape<Key> {
  const known = Object.keys(says) as Key[]
  const shape = scalar<Key>({
    name,
    example: known[0] ?? '',
    schema: {
      oneOf: known.map((key) => ({ const: key, description: says[key] })),
    },
    parse(text) {
      const found = known.find((key) => key === text)
      if (found !== undefined) return right(found)
      const message = `\`${text}\` is not known here; ${name} is expected`
      return wrong('unknown-word', message, suggestion(text, known, ''), meantWord(text, known))
    },
    print: (value) => value,
  })
  return { ...shape, words: known }
}

/** The word `none`, or what another shape reads: saying that there is nothing is not the same as saying nothing. */
export const orNone = <Value, None>(shape: Shape<Value>, none: None, says: string): Shape<Value | None> =>
  orWord(shape, 'none', none, says)

/** One word that stands for a value of its own, or what another shape reads. */
export const orWord = <Value, Alone>(
  shape: Shape<Value>,
  alone: string,
  means: Alone,
  says: string,
): Shape<Value | Alone> => ({
  read(tree, reading) {
    if (tree.type !== 'text') return shape.read(tree, reading)
    if (tree.text === alone) return means
    if (/^(no|none|nothing|never|null|~|-)$/.test(tree.text) && !reads(shape, tree, reading)) {
      reading.report(tree, 'unknown-word', `\`${tree.text}\` is not known here`, `Write ${alone}`, alone)
      return undefined
    }
    return shape.read(tree, reading)
  },
  canonical: (tree, reading) => (tree.type === 'text' && tree.text === alone ? alone : shape.canonical(tree, reading)),
  schema: (definitions) => ({ anyOf: [{ const: alone, description: says }, shape.schema(definitions)] }),
})

/** Never YAML's own truth: every value is text. */
export const yes = word('an answer', { yes: 'Yes', no: 'No' })

/** The author's own id of something. */
export const id: Shape<string> = defined(
  'id',
  scalar({
    name: 'an id',
    example: 'summer-bonus',
    schema: { type: 'string', pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$', maxLength: ID_LENGTH_MAX },
    parse(text) {
      if (/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(text) && text.length <= ID_LENGTH_MAX) return right(text)
      const kebab = idMeant(text)
      const rule = `Ids are lower-case words joined by hyphens, at most ${ID_LENGTH_MAX} characters`
      const instead = kebab === '' ? rule : `${rule}: \`${kebab}\``
      return wrong('bad-id', `\`${text.slice(0, ID_LENGTH_MAX)}\` is no id`, instead, kebab === '' ? null : kebab)
    },
    print: (value) => value,
  }),
)

/** A name that comes from outside: a segment, a tag, a channel, a stock keeping unit. */
export const label: Shape<string> = textOf('a name from outside', 'spring-2026', 120)

/** Text for people. */
export const phrase: Shape<string> = textOf('a text', 'Glow Club', 200)

function textOf(name: string, example: string, lengthMax: number): Shape<string> {
  return scalar({
    name,
    example,
    schema: { type: 'string', minLength: 1, maxLength: lengthMax },
    parse(text) {
      if (text.length > lengthMax) {
        return wrong('bad-text', `The text has ${text.length} characters`, `Keep it within ${lengthMax}`)
      }
      if (text.trim() !== text || /\p{Cc}/u.test(text)) {
        return wrong(
          'bad-text',
          'The text has blanks around it, or invisible characters in it',
          `Write ${text.replace(/\p{Cc}/gu, '').trim() || example}`,
        )
      }
      return right(text)
    },
    print: (value) => value,
  })
}

/** The languages that programs are told in, by their names. */
const languageNames: Readonly<Record<string, string>> = {
  ar: 'arabic العربية',
  de: 'german deutsch',
  en: 'english',
  es: 'spanish español espanol',
  fr: 'french français',
  it: 'italian italiano',
  tr: 'turkish türkçe turkce',
}

/** A language tag (BCP 47): `en`, `de-AT`, `zh-Hant`. */
export const language: Shape<string> = scalar({
  name: 'a language',
  example: 'en',
  schema: { type: 'string', pattern: '^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$' },
  parse(text) {
    if (/^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$/.test(text)) return right(text)
    const [tag = null] = Object.entries(languageNames).flatMap(([each, names]) =>
      names.split(' ').includes(text.toLowerCase()) || each === text.toLowerCase() ? [each] : [],
    )
    return wrong('bad-language', `\`${text}\` is no language tag`, `Write ${tag ?? 'en, de, pt-BR or zh-Hant'}`, tag)
  },
  print: (value) => value,
})
