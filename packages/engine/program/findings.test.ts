import { describe, expect, test } from 'vitest'
import { compileProgram } from './compile/program.ts'
import { FINDING_CODES } from './finding.ts'
import { quotedConditions } from './wrong-conditions.fixture.ts'
import { documentWith, MARK, type WrongDocument, withRules } from './wrong-document.fixture.ts'
import { wrongDocuments } from './wrong-documents.fixture.ts'

const draft = { version: 0, hash: '' }
/** By the data of zones that this machine has. */
const clock = {
  instantOf: (zone: string, local: number) =>
    Temporal.Instant.fromEpochMilliseconds(local).toZonedDateTimeISO('UTC').toPlainDateTime().toZonedDateTime(zone)
      .epochMilliseconds,
  localOf: (zone: string, at: number) =>
    at + Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).offsetNanoseconds / 1_000_000,
}
const all = Object.values(wrongDocuments).flat()

function placeOf(marked: string) {
  const before = marked.slice(0, marked.indexOf(MARK)).split('\n')
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 }
}

test('a right document has no findings', () => {
  expect(compileProgram(documentWith({}), draft).findings).toEqual([])
})

describe('one finding, at its place, with what would be right', () => {
  const titled = all.map((wrong, index): [string, WrongDocument] => [`${wrong.code} (${index})`, wrong])

  test.each(titled)('%s', (_title, { code, severity = 'error', text, message, instead }) => {
    expect(text.split(MARK)).toHaveLength(2)
    const { findings, program } = compileProgram(text.replace(MARK, ''), draft, clock)
    expect(findings).toEqual([{ code, severity, path: findings[0]?.path, ...placeOf(text), message, instead }])
    expect(program === null).toBe(severity === 'error')
  })
})

/** The document with what was wrong replaced by the one thing that the finding says to write; null where it says more. */
function mended({ text, message, instead }: WrongDocument): string | null {
  const written =
    /^Did you mean `(.+)`\?$/.exec(instead) ??
    /^Write (?:[^:{]*: )?(\{.*\}|\[.*\]|\S+(?: [a-z-]+| [A-Z]{3})?)$/.exec(instead)
  const at = text.indexOf(MARK)
  const rest = text.slice(at + MARK.length)
  const said = [...message.matchAll(/`([^`]+)`|"([^"]+)"/g)].map(([, word = '', quoted = '']) => word + quoted)
  const wrong = said.find((word) => rest.startsWith(word) || rest.startsWith(`"${word}`))
  if (written === null || wrong === undefined) return null
  return text.slice(0, at) + rest.replace(wrong, () => written[1] ?? '')
}

const mendable = all.flatMap((wrong): [string, string][] => {
  const text = mended(wrong)
  return text === null ? [] : [[`${wrong.code}: ${wrong.instead}`, text]]
})

test.each(mendable)('what is said to be right can be typed, and is: %s', (_title, text) => {
  expect(compileProgram(text, draft).findings.filter(({ severity }) => severity === 'error')).toEqual([])
})

test.each([
  ['at the end of the document', 'price 100 points', 'Write price: 100 points'],
  ['before a comment', 'price 100 points # cheap', 'Write price: 100 points # cheap'],
  ['before another key of the block', 'price 100 points\n    name: { en: Five off }', 'Write price: 100 points'],
  ['of a key without a value', 'price', 'Write `key: value`'],
])('a colon that is missing is asked for %s', (_title, line, instead) => {
  const text = documentWith({ rewards: `rewards:\n  off:\n    kind: money-off\n    value: 5.00 USD\n    ${line}` })
  const { findings } = compileProgram(text.trimEnd(), draft)
  expect(findings.map(({ code, message, instead: write }) => [code, message, write])).toEqual([
    ['yaml-syntax', 'This cannot be read: a colon is missing behind the key', instead],
  ])
})

test('a key that is misspelt is not missing as well', () => {
  const text = documentWith({}).replace('kind: qualifying, expires:', 'kind: qualifying, expries:')
  expect(compileProgram(text, draft).findings.map(({ code, instead }) => [code, instead])).toEqual([
    ['unknown-key', 'Did you mean `expires`?'],
  ])
})

test.each([
  ['of two days', 'during: { days: [monday] }', 'during: { days: [tuesday, friday] }'],
  ['on two channels', 'channels: [web]', 'channels: [app]'],
  ['of two levels', 'for: { tier: [basic] }', 'for: { tier: [gold] }'],
  ['of which one goes alone', 'group: g, exclusive: yes, channels: [web]', 'group: g'],
])('bonuses that never meet do not add up, and no note says so: %s', (_title, one, other) => {
  const text = documentWith({
    earn: `earn:
  - { id: base, on: order.paid, give: 1 points, per: 1.00 USD }
  - { id: climb, on: order.paid, give: 1 status, per: 1.00 USD }
  - { id: review, on: activity.review, give: 5 points }
  - { id: a, multiply: { rule: base, by: 2 }, ${one} }
  - { id: b, multiply: { rule: base, by: 3 }, ${other} }`,
  })
  const groups = one.startsWith('group') ? '\ngroups: { g: { take: all } }\n' : ''
  expect(compileProgram(text + groups, draft).findings).toEqual([])
})

test('what others call tax is meant', () => {
  const { findings } = compileProgram(
    withRules('  - { id: x, on: order.paid, give: 1 points, per: 1.00 USD, include: [vat] }'),
    draft,
  )
  expect(findings).toMatchObject([{ code: 'unknown-word', instead: 'Did you mean `tax`?' }])
})

test('the remedies that are one word are many', () => {
  expect(mendable.length).toBeGreaterThan(40)
})

test('no code stands for more than five mistakes, and there are more than forty codes', () => {
  const timesByCode = Map.groupBy(all, (wrong) => wrong.code)
  expect([...timesByCode].filter(([, mistakes]) => mistakes.length > 5)).toEqual([])
  expect(timesByCode.size).toBeGreaterThan(40)
})

test('every code is found in some document above', () => {
  expect([...new Set(all.map((wrong) => wrong.code))].sort()).toEqual([...FINDING_CODES].sort())
})

test.each(quotedConditions)('a finding points into a condition however it is quoted: %s', (text) => {
  const { findings } = compileProgram(text.replace(MARK, ''), draft)
  expect(findings).toMatchObject([{ code: 'condition-unknown-fact', ...placeOf(text) }])
})

test('all that is wrong is said at once, in the order of the document', () => {
  const text = documentWith({
    zone: 'zone: Europe/Londn',
    late: 'late: { accept: 30 days }',
    earn: `earn:
  - { id: base, on: order.paid, give: 1 pionts, per: 1 USD, raund: floor }
  - { id: twice, multiply: { rule: base, by: 2 }, when: 'order.total > 30' }
  - { id: climb, on: order.paid, give: 1 status, per: 1.00 USD, cap: { most: 0 status, each: order } }
  - { id: review, on: activity.review, give: 5 points }`,
  })
  const codes = compileProgram(text, draft).findings.map((finding) => finding.code)
  expect(codes).toEqual([
    'unknown-zone',
    'bad-period',
    'unknown-asset',
    'bad-money',
    'unknown-key',
    'condition-money',
    'cap-zero',
  ])
})

test('paths name where it is', () => {
  const pathsOf = (text: string) => compileProgram(text, draft).findings.map((finding) => finding.path)
  expect(pathsOf(documentWith({ late: 'late: { accept: soon }' }))).toEqual(['late.accept'])
  const worth = documentWith({}).replace('100 points: 1.00 USD', '100 points: 1 USD')
  expect(pathsOf(worth)).toEqual(['assets.points.worth["100 points"]'])
  expect(pathsOf(documentWith({}).replace('give: 5 points', 'give: 5'))).toEqual(['earn[2].give'])
})

test('what has several forms names them all, words and maps', () => {
  const message = (measure: string) =>
    compileProgram(documentWith({}).replace('measure: { earned: status }', `measure: ${measure}`), draft).findings[0]
      ?.message
  const told = 'A measure is one of the words spend, orders, visits, referrals, or a map with one of earned, activity'
  expect(message('{ turnover: status }')).toBe(`${told}; here is none`)
  expect(message('nights')).toBe(`${told}; here is \`nights\``)
})
