import { expect, test } from 'vitest'
import { ar } from './ar.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { tr } from './tr.ts'

type Table = { readonly [key: string]: string | Table | ((...given: never[]) => string) }

/** Every sentence with its place in the table, said of the same things in each language. */
function sentences(table: Table, at = ''): [string, string][] {
  return Object.entries(table).flatMap(([key, said]): [string, string][] => {
    const place = `${at}${key}`
    if (typeof said === 'string') return [[place, said]]
    if (typeof said === 'object') return sentences(said, `${place}.`)
    return [[place, (said as (...given: string[]) => string)('7', '9')]]
  })
}

const english = new Map(sentences(en))
/** What is the same word in both, looked at one by one. */
const shared: Readonly<Record<string, readonly string[]>> = { de: [], tr: [], es: [], ar: [] }

test.each(Object.entries({ de, tr, es, ar }))('%s says everything, and nothing of it in English', (language, table) => {
  const said = new Map(sentences(table))
  expect([...said.keys()]).toEqual([...english.keys()])
  const same = [...said].filter(
    ([place, text]) => place !== 'direction' && text === english.get(place) && /\p{L}{2}/u.test(text),
  )
  expect(same.map(([place]) => place)).toEqual(shared[language])
  expect([...said].filter(([, text]) => text.trim() === '' || text.includes('undefined'))).toEqual([])
  // What is put into a sentence is in it: nobody is told half of a thing.
  for (const [place, text] of english) {
    for (const put of ['7', '9'].filter((number) => text.includes(number)))
      expect(said.get(place), place).toContain(put)
  }
})

test('Arabic is read from the right, and has letters of no other script', () => {
  expect(ar.direction).toBe('rtl')
  const foreign = sentences(ar).filter(([place, text]) => place !== 'direction' && /[A-Za-z]{2,}/.test(text))
  expect(foreign).toEqual([])
})
