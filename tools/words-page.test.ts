import { expect, test } from 'vitest'
import { keyMeanings, wordMeanings } from '../packages/engine/program/key-meanings.ts'
import { standings } from './words-page.ts'

const { keys, words } = standings()

test('every key of the language has one meaning, and no meaning is left of a key that is gone', () => {
  expect(Object.keys(keyMeanings).sort()).toEqual([...new Set(keys.map(({ text }) => text))].sort())
})

test('editors show it wherever the key stands, beside what it means there', () => {
  expect(keys.length).toBeGreaterThan(300)
  expect(keys.filter(({ text, meaning }) => meaning !== keyMeanings[text])).toEqual([])
  expect(keys.filter(({ says }) => says === '')).toEqual([])
})

test('no two keys mean the same, and none means this or else that', () => {
  const meanings = Object.values(keyMeanings)
  expect(meanings.filter((meaning, index) => meanings.indexOf(meaning) !== index)).toEqual([])
  expect(meanings.filter((meaning) => /\.|, or | also /.test(meaning))).toEqual([])
})

test('a word that two places tell differently has one meaning for both, and no other word needs one', () => {
  const told = Map.groupBy(words, ({ text }) => text)
  const differently = [...told].filter(([, standing]) => new Set(standing.map(({ says }) => says)).size > 1)
  expect(differently.map(([text]) => text).sort()).toEqual(Object.keys(wordMeanings).sort())
})
