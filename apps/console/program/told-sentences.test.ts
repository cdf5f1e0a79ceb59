import type { Explanation } from '@laurel/engine'
import { expect, test } from 'vitest'
import { partAt, toldSections } from './told-sentences.ts'

const saying = (parts: Readonly<Record<string, readonly string[]>>): Explanation => ({
  title: 'Club',
  sections: [
    {
      id: 'earning',
      title: 'How to earn',
      parts: Object.entries(parts).map(([id, texts]) => ({
        ...{ id, name: id },
        sentences: texts.map((text) => ({ text, for: 'everyone' as const })),
      })),
    },
  ],
})

test('a changed sentence stands below the one whose place it takes, and what is gone is told as gone', () => {
  const places = new Map([
    ['earn/base', { line: 3, until: 9 }],
    ['earn/double', { line: 5, until: 6 }],
  ])
  const [section, ...others] = toldSections(
    saying({ base: ['One point.', 'Rounded down.'], old: ['Stamps.'] }),
    saying({ base: ['Two points.', 'Rounded down.', 'Not on gifts.'], double: ['Twice.'] }),
    places,
  )
  expect(others).toEqual([])
  expect(
    section?.parts.map(({ key, sentences }) => [key, ...sentences.map(({ text, change }) => `${change}: ${text}`)]),
  ).toEqual([
    ['earning/base', 'gone: One point.', 'new: Two points.', 'same: Rounded down.', 'new: Not on gifts.'],
    ['earning/double', 'new: Twice.'],
    ['earning/old', 'gone: Stamps.'],
  ])
  expect(partAt(section === undefined ? [] : [section], 6)).toBe('earning/double')
  expect(partAt(section === undefined ? [] : [section], 8)).toBe('earning/base')
  expect(partAt(section === undefined ? [] : [section], 1)).toBeNull()
})
