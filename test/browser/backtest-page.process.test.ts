import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { LANGUAGES } from '@laurel/engine'
import { backtestPageAsFile } from '@laurel/server'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { everyAnswer } from '../backtest/every-answer.ts'
import { makeTemporaryFolder } from '../process/temporary-folder.ts'
import { openBrowser } from './open-browser.ts'

// The page of a backtest, as a file that somebody was sent.

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const folder = makeTemporaryFolder('backtest-page')
let browser: Browser

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  folder.remove()
})

test('on paper it is dark on white, whatever the screen likes, and nothing is cut off in a box', async () => {
  const file = path.join(folder.path, 'paper.html')
  writeFileSync(file, backtestPageAsFile(everyAnswer, 'en'))
  const context = await browser.newContext({ viewport: { width: 794, height: 1123 }, colorScheme: 'dark' })
  const page = await context.newPage()
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
  await page.goto(pathToFileURL(file).href)
  expect(await page.evaluate('getComputedStyle(document.body).color')).toBe('rgb(22, 32, 26)')
  expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)')
  expect(await page.evaluate('getComputedStyle(document.documentElement).colorScheme')).toBe('light')
  expect(await page.evaluate("getComputedStyle(document.querySelector('.sheet')).overflow")).toBe('visible')
  expect((await page.pdf({ format: 'A4' })).length).toBeGreaterThan(10_000)
  await context.close()
})

describe.each(LANGUAGES)('the page of a backtest in %s', (language) => {
  const file = path.join(folder.path, `${language}.html`)
  beforeAll(() => writeFileSync(file, backtestPageAsFile(everyAnswer, language)))

  test.each([390, 1440].flatMap((width) => (['light', 'dark'] as const).map((scheme) => [width, scheme] as const)))(
    '%i wide, %s: fits, can be read, and axe finds nothing',
    async (width, scheme) => {
      const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme })
      const page = await context.newPage()
      const asked: string[] = []
      page.on('request', (request) => asked.push(request.url()))
      await page.goto(pathToFileURL(file).href)
      expect(asked).toEqual([pathToFileURL(file).href])
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
      // Nothing of a chart lies beside it.
      const cut = await page.evaluate(`[...document.querySelectorAll('svg')].flatMap((svg) => {
      const outer = svg.getBoundingClientRect()
      return [...svg.querySelectorAll('text')].filter((text) => {
        const inner = text.getBoundingClientRect()
        return inner.left < outer.left - 1 || inner.right > outer.right + 1 || inner.bottom > outer.bottom + 1
      }).map((text) => text.textContent)
    })`)
      expect(cut).toEqual([])
      await page.evaluate(axe)
      const { violations } = await page.evaluate<{ violations: { id: string; nodes: { html: string }[] }[] }>(
        'axe.run()',
      )
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
      await context.close()
    },
  )
})
