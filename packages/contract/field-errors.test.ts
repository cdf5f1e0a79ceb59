import { expect, test } from 'vitest'
import { z } from 'zod'
import { event } from './events.ts'
import { fieldErrorsOf } from './field-errors.ts'
import { routes } from './routes.ts'

const schemas: readonly (readonly [name: string, schema: z.ZodType])[] = [
  ...event.options.map((schema, index) => [`event ${index}`, schema] as const),
  ...Object.entries(routes).flatMap(([name, route]) =>
    (['path', 'query', 'body'] as const).flatMap((part) => {
      const schema: unknown = part in route ? Reflect.get(route, part) : undefined
      return schema instanceof z.ZodType ? [[`${name}: ${part}`, schema] as const] : []
    }),
  ),
]

const wrong = [null, true, 7, -1, 1.5, 2 ** 60, '', 'x'.repeat(2_000), [], [7], {}, { strange: 1 }]
/** How the library begins what it says. */
const ofTheLibrary = /^(?:Invalid|Too (?:big|small)|Unrecognized|Expected|Required)/

test('what is wrong with any field of any request is said in words of our own', () => {
  const said = new Set<string>()
  // A field that many requests have is the same everywhere.
  const seen = new Set<string>()
  for (const [name, schema] of schemas) {
    const described: unknown = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
    for (const build of placesIn(described, seen)) {
      for (const value of wrong) {
        const { error } = schema.safeParse(build(value), { reportInput: true })
        for (const { path, message } of fieldErrorsOf(error?.issues ?? [])) {
          if (ofTheLibrary.test(message)) said.add(`${name} ${path}: ${message}`)
        }
      }
    }
  }
  expect([...said]).toEqual([])
})

type Build = (value: unknown) => unknown
interface Described {
  readonly properties?: Readonly<Record<string, Described>>
  readonly items?: Described
  readonly anyOf?: readonly Described[]
  readonly oneOf?: readonly Described[]
  readonly additionalProperties?: Described | boolean
  readonly const?: unknown
}

/** Each place of a request, as that which makes a request with something there, and nothing else but what says its kind. */
function placesIn(described: unknown, seen: Set<string>): Build[] {
  const text = JSON.stringify(described)
  if (seen.has(text)) return []
  seen.add(text)
  const { properties = {}, items, anyOf = [], oneOf = [], additionalProperties } = described as Described
  const kinds = Object.entries(properties).flatMap(([key, { const: kind }]) =>
    kind === undefined ? [] : [[key, kind]],
  )
  const within = (inner: unknown, outer: Build) =>
    placesIn(inner, seen).map(
      (build): Build =>
        (value) =>
          outer(build(value)),
    )
  return [
    (value) => value,
    ...Object.entries(properties).flatMap(([key, inner]) =>
      within(inner, (value) => ({ ...Object.fromEntries(kinds), [key]: value })),
    ),
    ...(items === undefined ? [] : within(items, (value) => [value])),
    ...(typeof additionalProperties === 'object' ? within(additionalProperties, (value) => ({ key: value })) : []),
    ...[...anyOf, ...oneOf].flatMap((each) => within(each, (value) => value)),
  ]
}
