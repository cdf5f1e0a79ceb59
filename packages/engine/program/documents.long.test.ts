import { readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { test } from 'vitest'
import { anyText, layingOut, printing, reordering } from './document-properties.fixture.ts'

const glowClub = readFileSync(path.resolve(import.meta.dirname, '../../../programs/glow-club/program.yaml'), 'utf8')

test('parse, print and parse is the identity, 10,000 times', () => {
  fc.assert(printing, { numRuns: 10_000 })
})

test('the order of keys means nothing, 10,000 times', () => {
  fc.assert(reordering, { numRuns: 10_000 })
})

test('laying out changes nothing, 10,000 times', () => {
  fc.assert(layingOut, { numRuns: 10_000 })
})

test('nothing is thrown, whatever text is given, 50,000 times', () => {
  fc.assert(anyText(glowClub), { numRuns: 50_000 })
})
