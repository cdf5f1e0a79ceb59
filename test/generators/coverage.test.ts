import { readFileSync } from 'node:fs'
import path from 'node:path'
import { decide, newMember } from '@laurel/engine'
import { expect, test } from 'vitest'
import { on, reserve } from '../vectors/history-builder.ts'
import { program, timelineOf } from '../vectors/program-builder.ts'
import { refusedElsewhere } from './coverage.ts'

const root = path.resolve(import.meta.dirname, '../..')

/** What stands in the test of this title; null: there is none. */
function bodyOf(file: string, title: string): string | null {
  const [, body] = readFileSync(path.join(root, file), 'utf8').split(`test('${title}', `)
  // Up to the next test of the file.
  return body?.split(/^ *(?:test|describe)\b/m, 1)[0] ?? null
}

test('what random histories do not refuse is refused in the test that is named for it', () => {
  const missing = Object.entries(refusedElsewhere).filter(
    ([code, [file, title]]) => bodyOf(file, title)?.includes(`'${code}'`) !== true,
  )
  expect(missing).toEqual([])
})

test('POOL-1 a pool that has paid another price than the one of now is refused', () => {
  const asked = {
    ...reserve('r1', on('2026-03-01'), 10),
    paid: { pool: 'home', asset: 'points', amount: 15, parts: [] },
  }
  const { answer } = decide(timelineOf(program()), newMember(), asked)
  expect(answer).toEqual({ granted: false, refusal: { code: 'price-changed', shortBy: null } })
})
