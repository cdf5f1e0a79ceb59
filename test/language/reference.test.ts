import { expect, test } from 'vitest'
import { standings } from '../../tools/words-page.ts'
import { pageOf } from './guide.ts'

test('a key that says what its silence means has no word that says it is another', () => {
  const rows = [
    ...pageOf('docs/reference/language.md').matchAll(/^\| \*{0,2}`([^`]+)`\*{0,2} \| ([^|]*) \| ([^|]*) \|$/gm),
  ]
  expect(rows.length).toBeGreaterThan(standings().keys.length / 2)
  const twice = rows.filter(
    ([, , says = '', looks = '']) => /silence means/.test(says) && /what silence means/.test(looks),
  )
  expect(twice.map(([row]) => row)).toEqual([])
})
