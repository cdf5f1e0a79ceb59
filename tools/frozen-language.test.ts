import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { type Standing, standings } from './words-page.ts'

/** The grammar of `laurel: 1` as it was frozen: `place.key`, with `!` where it must be said, and `place = word`. */
const frozen = readFileSync(path.join(import.meta.dirname, 'frozen-language.txt'), 'utf8')
  .trim()
  .split('\n')

const { keys, words } = standings()
const keyAt = ({ place, text }: Standing) => (place === '' ? text : `${place}.${text}`)
// Where a key has to be said in one form of a map and not in another, it stands twice.
const now = new Set([
  ...keys.map((key) => `${keyAt(key)}${key.isRequired ? '!' : ''}`),
  ...words.map(({ place, text }) => `${place} = ${text}`),
])

test('no key or word goes away, and none has to be said that could be left out', () => {
  expect(frozen.length).toBeGreaterThan(500)
  expect(frozen.filter((line) => !now.has(line))).toEqual([])
})
