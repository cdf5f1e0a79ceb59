import fc from 'fast-check'
import { expect } from 'vitest'
import { parse, stringify } from 'yaml'
import { canonicalProgram } from './canonical.ts'
import { compileProgram } from './compile/program.ts'
import { formatProgram } from './format.ts'
import { randomDocument } from './random-document.fixture.ts'

const draft = { version: 0, hash: '' }

/** Conditions compile to functions; their text stands for them. */
export const plain = (text: string): unknown =>
  JSON.parse(
    JSON.stringify(compileProgram(text, draft).program, (_key, value: unknown) =>
      value instanceof Map ? [...value] : value instanceof Set ? [...value].sort() : value,
    ),
  )
const asYaml = (document: unknown): string => stringify(document, { aliasDuplicateObjects: false })
const asJson = (text: string): string => JSON.stringify(parse(text, { schema: 'failsafe' }))

/** Parse, print and parse is the identity, as YAML and as JSON. */
export const printing = fc.property(randomDocument, (document) => {
  const text = asYaml(document)
  const errors = compileProgram(text, draft).findings.filter((finding) => finding.severity === 'error')
  expect(errors).toEqual([])
  const canonical = canonicalProgram(text) ?? ''
  expect(canonicalProgram(canonical)).toBe(canonical)
  expect(plain(canonical)).toEqual(plain(text))
  expect(canonicalProgram(asJson(text))).toBe(canonical)
})

/** Nothing depends on the order of the keys of a map. */
export const reordering = fc.property(randomDocument, fc.nat(), (document, seed) => {
  const text = asYaml(document)
  const other = asYaml(reordered(document, seed))
  expect(canonicalProgram(other)).toBe(canonicalProgram(text))
  expect(plain(other)).toEqual(plain(text))
})

/** Keys of every map begin elsewhere and go the other way round. */
function reordered(value: unknown, seed: number): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => reordered(item, seed))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, item]) => [key, reordered(item, seed)] as const)
  const from = entries.length === 0 ? 0 : seed % entries.length
  return Object.fromEntries([...entries.slice(from), ...entries.slice(0, from)].reverse())
}

/** Laying out changes nothing, and a second time not a letter. */
export const layingOut = fc.property(randomDocument, fc.boolean(), (document, json) => {
  const text = json ? JSON.stringify(document) : asYaml(document)
  const laidOut = formatProgram(text) ?? ''
  expect(canonicalProgram(laidOut)).toBe(canonicalProgram(text))
  expect(formatProgram(laidOut)).toBe(laidOut)
})

/** Nothing is thrown, and findings stand inside the text, for noise and for damaged documents. */
export function anyText(document: string) {
  const damaged = fc
    .tuple(fc.nat(document.length), fc.nat(40), fc.string({ maxLength: 12 }))
    .map(([at, length, put]) => document.slice(0, at) + put + document.slice(at + length))
  // The same as fast-check's `binary`, which first writes a million characters into a table to know its way back.
  const anyCharacter = fc.nat(0x10ffff).map((code) => String.fromCodePoint(code))
  return fc.property(fc.oneof(fc.string({ unit: anyCharacter }), damaged), (text) => {
    const { program, findings } = compileProgram(text, draft)
    const lines = text.split('\n')
    for (const { line, column } of findings) {
      expect(line).toBeGreaterThan(0)
      expect(line).toBeLessThanOrEqual(lines.length)
      expect(column).toBeGreaterThan(0)
      expect(column).toBeLessThanOrEqual((lines[line - 1]?.length ?? 0) + 1)
    }
    expect(program === null).toBe(findings.some((finding) => finding.severity === 'error'))
  })
}
