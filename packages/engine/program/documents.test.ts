import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { readyDocuments } from '../../../test/scenarios/ready-programs.ts'
import { canonicalProgram } from './canonical.ts'
import { compileProgram } from './compile/program.ts'
import { anyText, layingOut, plain, printing, reordering } from './document-properties.fixture.ts'
import { formatProgram } from './format.ts'
import { programSchema } from './schema.ts'
import { alignText } from './text-positions.ts'
import { documentWith, withRules } from './wrong-document.fixture.ts'

const draft = { version: 0, hash: '' }
const textOf = (id: string): string => readyDocuments.get(id) ?? ''
describe.each([...readyDocuments])('%s', (id, text) => {
  test('compiles, and nothing is to be mended', () => {
    const { program, findings } = compileProgram(text, { version: 3, hash: 'abc' })
    expect(program).toMatchObject({ id, version: 3, hash: 'abc' })
    // Notes tell what a silence or a share means; a ready-made program may mean it.
    expect(findings.filter(({ severity }) => severity !== 'note')).toEqual([])
  })

  test('is laid out as the language lays out', () => {
    expect(formatProgram(text)).toBe(text)
  })

  test('survives JSON, with and without quoted numbers', () => {
    const json = JSON.stringify(parse(text), null, '\t')
    expect(json).toContain('"laurel": 1')
    expect(plain(json)).toEqual(plain(text))
    expect(canonicalProgram(json)).toBe(canonicalProgram(text))
  })
})

test('the numbers of Point per Pound', () => {
  const { program } = compileProgram(textOf('point-per-pound'), draft)
  expect(program).toMatchObject({
    inForceFrom: 'always',
    late: { accept: { days: 3650 } },
    refunds: { accept: { days: 3650 }, shortfall: 'debt' },
    unknownMembers: 'create',
    onOrder: [
      { id: 'base', asset: 'points', give: 1, per: { type: 'spend', minor: 100 }, round: 'floor', lines: null },
    ],
  })
  expect(program?.refunds.limit.size).toBe(0)
})

test('the parts of Glow Club', () => {
  const { program } = compileProgram(textOf('glow-club'), draft)
  expect(program?.onOrder.map((rule) => rule.id)).toEqual(['base', 'status', 'skincare', 'full-basket'])
  const base = program?.onOrder[0]
  expect(base?.multipliers.map((multiplier) => [multiplier.id, multiplier.group])).toEqual([
    ['vib-rate', { id: 'bonus', take: 'best' }],
    ['rouge-rate', { id: 'bonus', take: 'best' }],
    ['weekend', { id: 'bonus', take: 'best' }],
  ])
  expect(base?.multipliers[0]?.audience.tiers).toEqual([{ ladder: 'standing', level: 'vib' }])
  expect(program?.caps.map((cap) => [cap.id, cap.counts, cap.most, cap.edge])).toEqual([
    ['rule:skincare', 'amount', 200, 'trim'],
    ['rule:full-basket', 'times', 3, 'refuse'],
    ['rule:review', 'times', 3, 'refuse'],
  ])
  expect(program?.onOrder.map((rule) => rule.caps)).toEqual([[], [], [0], [1]])
  expect(program?.ladders[0]?.levels.map((level) => level.reach)).toEqual([0, 350, 1000])
  expect(program?.ladders[0]?.window).toEqual({ type: 'calendar', unit: 'year', keptThrough: true })
  expect(program?.rewards.get('ten-off')?.price).toMatchObject({ choices: [{ amount: 900 }, { amount: 1000 }] })
  expect(program?.rewards.get('pay-with-points')?.price).toEqual({
    type: 'chosen',
    asset: 'points',
    least: 100,
    most: 10_000,
    step: 100,
    worth: { amount: 100, minor: 100 },
  })
})

describe('documents of every kind', () => {
  test('parse, print and parse is the identity', { timeout: 60_000 }, () => {
    fc.assert(printing, { numRuns: 25 })
  })

  test('the order of keys means nothing', { timeout: 60_000 }, () => {
    fc.assert(reordering, { numRuns: 25 })
  })

  test('laying out changes nothing, and a second time not a letter', { timeout: 60_000 }, () => {
    fc.assert(layingOut, { numRuns: 25 })
  })

  test('comments, blank lines and order stay where they are', () => {
    const text = `# above all
laurel: 1 # beside

# before a section
${documentWith({ laurel: '' })
  .replace('assets:\n', 'assets:\n  # what members spend\n')
  .replace('burnOrder: [promo]', 'burnOrder: [  promo ]')}`
    const laidOut = formatProgram(text) ?? ''
    expect(laidOut).toContain('# above all\nlaurel: 1 # beside\n\n# before a section\nid: corner-shop')
    expect(laidOut).toContain('assets:\n  # what members spend\n  points:\n    kind: spendable')
    expect(laidOut).toContain('burnOrder: [promo]')
    expect(laidOut).toContain('  - id: base\n    on: order.paid\n')
  })

  test('one thing is said in one way: the short one', () => {
    const rules = (give: string) => `  - { id: treat, on: order.paid, per: order, give: ${give} }`
    const rewards = (expires: string) => `rewards:\n  treat: { kind: custom, price: 5 points, expires: ${expires} }`
    const written = (give: string, expires: string) => withRules(rules(give), { rewards: rewards(expires) })
    const [long, short] = [written('[5 points]', '{ life: P30D }'), written('5 points', 'P30D')]
    expect(formatProgram(long)).toBe(formatProgram(short))
    expect(canonicalProgram(long)).toBe(canonicalProgram(short))
    // What says more, or has a comment, stays.
    const badge = written('{ badge: fan }', '{ life: P30D, endOf: month }').replace('per: order, ', '')
    const more = formatProgram(`${badge}\nbadges: { fan: {} }`)
    expect(more).toContain('expires: { life: P30D, endOf: month }')
    expect(more).toContain('give: { badge: fan }')
    const told = 'treat\n    on: order.paid\n    per: order\n    give:\n      # a treat\n      - 5 points'
    expect(formatProgram(withRules(`  - id: ${told}`))).toContain(told)
  })

  test('a document with an error has no canonical text and no layout', () => {
    const text = documentWith({ zone: 'zone: nowhere' })
    expect(canonicalProgram(text)).toBeNull()
    expect(formatProgram(text)).toBeNull()
  })
})

describe('whatever text is given', () => {
  test('nothing is thrown, and findings stand inside the text', { timeout: 60_000 }, () => {
    fc.assert(anyText(textOf('glow-club')), { numRuns: 150 })
  })

  test.each([
    ['nested lists', '['.repeat(50_000)],
    ['nested maps', '{a: '.repeat(20_000)],
    ['nested items', '- '.repeat(50_000)],
    ['nested keys', '? '.repeat(50_000)],
    ['many keys', Array.from({ length: 30_000 }, (_, index) => `k${index}: 1`).join('\n')],
    ['one key many times', 'a: 1\n'.repeat(20_000)],
    [
      'a deep condition',
      documentWith({
        rewards: `rewards: { r: { kind: free-shipping, price: 1 points, when: '${'('.repeat(1900)}' } }`,
      }),
    ],
  ])('%s: refused, not suffered', { timeout: 60_000 }, (_title, text) => {
    const { program, findings } = compileProgram(text, draft)
    expect(program).toBeNull()
    expect(findings.length).toBeGreaterThan(0)
  })
})

test('a condition keeps its places in every way of quoting', () => {
  const word = fc.string({ unit: fc.constantFrom(...'abc"\'\\ \té😀:#'), minLength: 1, maxLength: 30 })
  fc.assert(
    fc.property(word, (value) => {
      const single = `'${value.replaceAll("'", "''")}'`
      const double = `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
      for (const source of [single, double]) {
        const offsets = alignText(source, value)
        expect(offsets).toHaveLength(value.length + 1)
        for (const [index, character] of [...value].entries()) {
          const at = [...value].slice(0, index).join('').length
          const found = source.slice(offsets[at])
          const escaped = source === double && (character === '"' || character === '\\') ? `\\${character}` : character
          expect(found.startsWith(escaped)).toBe(true)
        }
      }
    }),
  )
})

describe('the published schema', () => {
  const schema = JSON.parse(JSON.stringify(programSchema())) as Schema
  interface Schema {
    readonly [key: string]: unknown
    readonly required?: unknown
    readonly properties?: Readonly<Record<string, Schema>>
    readonly $defs?: Readonly<Record<string, Schema>>
  }

  /** A key of an object somewhere in the schema, and where. */
  interface Key {
    readonly at: string
    readonly value: Schema
    readonly isRequired: boolean
  }

  function keysIn(node: unknown, at = ''): Key[] {
    if (typeof node !== 'object' || node === null) return []
    const { properties, required } = node as Schema
    const must = Array.isArray(required) ? required : []
    const own = Object.entries(properties ?? {}).map(([key, value]) => ({
      at: `${at}.${key}`,
      value,
      isRequired: must.includes(key),
    }))
    return [...own, ...Object.entries(node).flatMap(([key, value]) => keysIn(value, `${at}.${key}`))]
  }

  test('describes every key it has', () => {
    const isSilent = ({ value }: Key) => typeof value['description'] !== 'string' || value['description'] === ''
    expect(keysIn(schema).filter(isSilent)).toEqual([])
  })

  test('says of every key that may be left out what leaving it out means', () => {
    const isSilent = ({ value, isRequired }: Key) => !isRequired && !JSON.stringify(value).includes('silence')
    expect(keysIn(schema).filter(isSilent)).toEqual([])
  })

  test('refers to definitions that are there', () => {
    const names = [...JSON.stringify(schema).matchAll(/"#\/\$defs\/(\w+)"/g)].map(([, name]) => name)
    expect(names.length).toBeGreaterThan(20)
    for (const name of names) expect(Object.keys(schema.$defs ?? {})).toContain(name)
  })

  test('requires what the compiler requires', () => {
    expect(schema['required']).toEqual(['laurel', 'id', 'name', 'zone', 'currency', 'refunds'])
  })
})
