import { expect, test } from 'vitest'
import { z } from 'zod'
import { compiled } from './compiled.ts'
import { routes } from './routes.ts'

const parts = Object.entries(routes).flatMap(([name, route]) =>
  (['path', 'query', 'body'] as const).flatMap((part): [string, z.ZodType][] => {
    const schema = part in route ? Reflect.get(route, part) : undefined
    return schema instanceof z.ZodType ? [[`${name}: ${part}`, schema]] : []
  }),
)

test.each(parts)('%s can be read by code', (_, schema) => {
  expect(() => z.compile(schema, { strict: true })).not.toThrow()
})

test('a schema is made into code once, reads the same, and says the same of what is wrong', () => {
  const schema = z.strictObject({ id: z.string().min(1, 'must not be empty'), count: z.int().default(3) })
  const code = compiled(schema)
  expect(compiled(schema)).toBe(code)
  expect(code).not.toBe(schema)
  for (const value of [{ id: 'a' }, { id: 'a', count: 4 }]) expect(code.parse(value)).toEqual(schema.parse(value))
  for (const value of [null, {}, { id: '' }, { id: 'a', other: 1 }, { id: 'a', count: 1.5 }]) {
    expect(code.safeParse(value).error?.issues).toEqual(schema.safeParse(value).error?.issues)
  }
})
