import { existsSync } from 'node:fs'
import path from 'node:path'
import { compileProgram, programSchema, readScenarios } from '@laurel/engine'
import { describe, expect, test } from 'vitest'
import { openOfflineWorld } from '../../apps/cli/scenarios/offline-world.ts'
import { playScenario } from '../../apps/cli/scenarios/play-scenario.ts'
import { standings } from '../../tools/words-page.ts'
import { type Block, blocksOf, pageOf, withAdded } from './guide.ts'

const guide = 'docs/language.md'
const blocks = blocksOf(guide)
const compiled = (text: string) => compileProgram(text, { version: 1, hash: '' })

/** Each block with the document as it stands there. */
function documents(): (Block & { readonly document: string; readonly next: string })[] {
  let document = ''
  return blocks.map((block, index) => {
    if (block.kind === 'program') document = block.text
    if (block.kind === 'added') document = withAdded(document, block.text)
    const shown = block.kind === 'wrong' ? withAdded(document, block.text) : document
    return { ...block, document: shown, next: blocks[index + 1]?.text ?? '' }
  })
}
const of = (...kinds: Block['kind'][]) => documents().filter(({ kind }) => kinds.includes(kind))

describe('every example of the guide', () => {
  test.each(of('program', 'added'))('line $line compiles without an error or a warning', ({ document }) => {
    const { program, findings } = compiled(document)
    expect(findings.filter(({ severity }) => severity !== 'note')).toEqual([])
    expect(program).not.toBeNull()
  })

  test.each(of('wrong'))('line $line gets the message that stands below it, and no other', ({ document, next }) => {
    const errors = compiled(document).findings.filter(({ severity }) => severity === 'error')
    expect(errors.map(({ message, instead }) => `${message}\n${instead}\n`)).toEqual([next])
  })

  test.each(of('scenarios'))('line $line is a story that holds', async ({ document, text }) => {
    const { program } = compiled(document)
    if (program === null) throw new Error('the program of the guide does not compile')
    const { scenarios, mistakes } = readScenarios(text, program)
    expect(mistakes).toEqual([])
    expect(scenarios).not.toEqual([])
    for (const scenario of scenarios) {
      expect(await playScenario(program, scenario, openOfflineWorld(program))).toEqual([])
    }
  })
})

test('the guide has every key and every word of the language', () => {
  const words = [...pageOf('docs/reference/words.md').matchAll(/^\| `([^`]+)` \|/gm)].map(([, word = '']) => word)
  expect(words.length).toBeGreaterThan(300)
  const page = pageOf(guide)
  const isThere = (word: string) => new RegExp(`(?<![\\w-])${word.replaceAll('.', '\\.')}(?![\\w-])`).test(page)
  expect(words.filter((word) => !isThere(word))).toEqual([])
})

test('every key and every kind of the language stands in an example of the guide', () => {
  const { keys, words } = standings()
  const examples = blocks.flatMap(({ kind, text }) => (kind === 'program' || kind === 'added' ? [text] : [])).join('\n')
  const isKey = (key: string) => new RegExp(`(?<![\\w-])${key}:`).test(examples)
  expect([...new Set(keys.map(({ text }) => text))].filter((key) => !isKey(key))).toEqual([])
  const kinds = new Set(words.filter(({ place }) => /(^|\.)kind$/.test(place)).map(({ text }) => text))
  expect(kinds.size).toBeGreaterThan(15)
  expect([...kinds].filter((kind) => !examples.includes(`kind: ${kind}`))).toEqual([])
})

test('where the guide lists what stands under a key, the language knows each of it there', () => {
  const { keys, words } = standings()
  const isKey = (key: string) => keys.some(({ text }) => text === key)
  const known = new Set(words.map(({ place, text }) => `${place.split('.').at(-1)}: ${text}`))
  const lists = pageOf(guide).matchAll(
    /`([a-zA-Z]+)` is (`[a-z-]+`(?:(?: \([^)]*\))?,? (?:(?:or|ever, or) )?`[a-z-]+`)+)/g,
  )
  const listed = [...lists].flatMap(([, key = '', list = '']) =>
    isKey(key) ? [...list.matchAll(/`([a-z-]+)`/g)].map(([, word = '']) => `${key}: ${word}`) : [],
  )
  expect(listed.length).toBeGreaterThan(8)
  expect(listed.filter((said) => !known.has(said))).toEqual([])
})

test('the guide shows every section of the language', () => {
  const shown = new Set(blocks.flatMap(({ text }) => [...text.matchAll(/^([A-Za-z]+):/gm)].map(([, name]) => name)))
  const { properties } = programSchema() as { readonly properties: object }
  expect(Object.keys(properties).filter((name) => !shown.has(name))).toEqual([])
})

test('the guide points to pages that are there', () => {
  const links = [...pageOf(guide).matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(([, to = '']) => to)
  const missing = links.filter((to) => !existsSync(path.resolve(import.meta.dirname, '../../docs', to)))
  expect(missing).toEqual([])
})

test('the guide and the page about scenarios are read in an hour, examples twice', () => {
  const wordsIn = (text: string) => text.split(/\s+/).length
  const pages = [guide, 'docs/scenarios.md'].map(pageOf)
  const examples = pages.flatMap((page) => [...page.matchAll(/^```[\s\S]*?^```/gm)].map(([block]) => block))
  const minutes = [...pages, ...examples].reduce((sum, text) => sum + wordsIn(text), 0) / 200
  expect(minutes).toBeLessThan(60)
})

test('the glossary has each word once', () => {
  const entries = pageOf('docs/glossary.md')
    .split('\n')
    .filter((line) => line.startsWith('- '))
  const words = entries.flatMap((line) =>
    [...line.matchAll(/\*\*([^*]+)\*\*/g)].map(([, word = '']) => word.toLowerCase()),
  )
  expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([])
  expect(words.length).toBeGreaterThan(100)
})
