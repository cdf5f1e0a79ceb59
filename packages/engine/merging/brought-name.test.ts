import { expect, test } from 'vitest'
import { nameBefore, nameBrought } from './brought-name.ts'

test('MRG-1 what was brought is found under the name it had, however often it was brought on', () => {
  const once = nameBrought('v-1', 'bob')
  const twice = nameBrought(once, 'b')
  expect(nameBefore(twice, 'b')).toBe(once)
  expect(nameBefore(once, 'bob')).toBe('v-1')
  expect(nameBefore('v-1', 'bob')).toBe('v-1')
})
