import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')
const page = read('docs/reference/survivors.md')
const entries = [...page.matchAll(/^- (?:`([^`\n]+)`: `([^`\n]+)` →)?((?:.+\n(?: {2}.+\n)*))/gm)].map(
  ([text, file, quote, rest = '']) => ({
    text,
    file,
    quote,
    changes: Number(/\((\d+) changes\.\)/.exec(rest)?.[1] ?? 1),
  }),
)

test('what the page of survivors quotes still stands in the file that it names', () => {
  const gone = entries.filter(({ file, quote }) => !file || !quote || !read(file).includes(quote))
  expect(gone.map(({ text }) => text)).toEqual([])
  expect(new Set(entries.map(({ file, quote }) => `${file} ${quote}`)).size).toBe(entries.length)
})

test('the files that it names are among those whose code `npm run mutate` changes', () => {
  const { mutate } = JSON.parse(read('stryker.config.json')) as { readonly mutate: readonly string[] }
  const isChanged = (file: string) => mutate.some((pattern) => path.matchesGlob(file, pattern))
  expect([...new Set(entries.map(({ file = '' }) => file))].filter((file) => !isChanged(file))).toEqual([])
  expect(isChanged('docs/reference/survivors.md')).toBe(false)
})

test('it lists as many as it says', () => {
  const [all, noticed, left] = [/run of .* left (\d+)/, /For (\d+) of/, /other (\d+) stand/].map((said) =>
    Number(said.exec(page)?.[1]),
  )
  expect(entries.reduce((sum, { changes }) => sum + changes, 0)).toBe(left)
  expect((noticed ?? 0) + (left ?? 0)).toBe(all)
})
