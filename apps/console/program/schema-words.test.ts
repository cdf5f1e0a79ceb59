import { programSchema } from '@laurel/engine'
import { expect, test } from 'vitest'
import { beginningOf, pathAt, placesIn, withBeginning } from './document-places.ts'
import { SchemaWords } from './schema-words.ts'

const schema = new SchemaWords(programSchema())
const document = `laurel: 1
id: club
currency: USD
inForce: { from: always }
assets:
  points:
    kind: spendable
earn:
  - id: base
    on: order.paid
    give: 1 points

  # twice on Sundays
  - id: sunday
    multiply: { rule: base, by: 2 }
tiers:
- ladder: standing
  levels:
  - id: gold
    reach: 100 points
`
const lines = document.split('\n')
const at = (line: number, prefix: string) => pathAt(lines.slice(0, line - 1), prefix)

test('what may be written is told by where it is written, in lists, maps and braces', () => {
  expect(at(6, '')).toEqual({ path: [], key: null })
  expect(at(7, '    ')).toEqual({ path: ['assets', 'points'], key: null })
  expect(at(7, '    kind: ')).toEqual({ path: ['assets', 'points'], key: 'kind' })
  expect(at(11, '    ')).toEqual({ path: ['earn', null], key: null })
  expect(at(13, '  - ').path).toEqual(['earn', null])
  expect(at(15, '    multiply: { rule: base, ')).toEqual({ path: ['earn', null, 'multiply'], key: null })
  expect(at(15, '    multiply: { rule: ')).toEqual({ path: ['earn', null, 'multiply'], key: 'rule' })
  expect(at(20, '    ').path).toEqual(['tiers', null, 'levels', null])
  expect(schema.keysAt([]).map(({ word }) => word)).toContain('earn')
  expect(schema.keysAt(['earn', null, 'multiply']).map(({ word }) => word)).toContain('by')
  expect(schema.valuesAt(['assets', 'points', 'kind']).map(({ word }) => word)).toContain('spendable')
  expect(schema.declaredAt(['earn', null, 'places', null])).toBe('places')
  expect(schema.meaningOf(['earn', null], 'give')?.description).toMatch(/For instance/)
  expect(schema.meaningOf(['earn', null], 'givee')).toBeNull()
})

test('things of a document are found where they stand, from their first line to their last', () => {
  const places = placesIn(document)
  expect(places.get('assets/points')).toEqual({ line: 6, until: 7 })
  expect(places.get('earn/base')).toEqual({ line: 9, until: 11 })
  expect(places.get('earn/sunday')).toEqual({ line: 14, until: 15 })
  expect(places.get('tiers/standing')).toEqual({ line: 17, until: 20 })
  expect(places.get('tiers/gold')).toEqual({ line: 19, until: 20 })
  expect(places.get('inForce')?.line).toBe(4)
})

test('a beginning is written into the document and taken out of it, and nothing else changes', () => {
  expect(beginningOf(document)).toBe('always')
  const now = withBeginning(document, null)
  expect(beginningOf(now)).toBeNull()
  expect(withBeginning(now, 'always')).toBe(document)
  expect(beginningOf(withBeginning(document, '2026-12-01'))).toBe('2026-12-01')
  expect(withBeginning('inForce:\n  from: 2026-01-01\nid: club\n', null)).toBe('id: club\n')
})
