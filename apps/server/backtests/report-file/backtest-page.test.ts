import { createWording } from '@laurel/contract'
import { LANGUAGES } from '@laurel/engine'
import { describe, expect, test } from 'vitest'
import { everyAnswer, hardlyAnything } from '../../../../test/backtest/every-answer.ts'
import { backtestPageAsFile, backtestPictures } from './backtest-page.ts'
import { labelsOf, sectionsOf } from './backtest-sections.ts'
import { backtestWords } from './backtest-words/words-by-language.ts'

describe('the page of a backtest', () => {
  test('asks each question once, with its chart and its table', () => {
    const page = backtestPageAsFile(everyAnswer, 'en')
    const headings = [...page.matchAll(/<h2>(.*?)<\/h2>/g)].map(([, text]) => text)
    expect(headings).toHaveLength(new Set(headings).size)
    expect(headings).toHaveLength(13)
    for (const section of page.split('<section').slice(1)) {
      expect(section).toContain('<table>')
      expect(section.includes('<svg')).toBe(!section.includes('class="plain"'))
    }
  })

  test('answers first, and says what casts doubt on it', () => {
    const page = backtestPageAsFile(everyAnswer, 'en')
    expect(page).toContain('bonus points earned: 1,176.55, against club: +776.55.')
    expect(page).toContain('Members with more: 60. With less: 30. The same: 10.')
    expect(page).toContain(
      'does not come to the ledger. Transfers that differ: 1, of 40. The first: &lt;b&gt;ann&lt;/b&gt;, shop/1.',
    )
    expect(page).toContain('No orders in 2026-03.')
    expect(page).toContain('fewer than 10% come to it or near it: standing: diamond')
    expect(page).toContain('club: full basket would have run out on February 14, 2026.')
    expect(page).toContain('club: gave nothing to anybody: never used.')
  })

  test('needs nothing from elsewhere, runs nothing, and takes no name for markup', () => {
    for (const language of LANGUAGES) {
      const page = backtestPageAsFile(everyAnswer, language)
      expect(page).not.toMatch(/<script|<b>|<i>|<link|<img|@import|url\(/i)
      expect([...page.matchAll(/https?:\/\/[^"<\s]*/g)].map(([address]) => address)).toEqual(
        Array(8).fill('http://www.w3.org/2000/svg'),
      )
    }
  })

  test.each(LANGUAGES)('in %s every place is filled, and nothing is left in English', (language) => {
    const page = backtestPageAsFile(everyAnswer, language)
    expect(page).toContain(`<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">`)
    expect(page.replace(/<style>.*<\/style>/s, '')).not.toMatch(/[{}]|undefined|NaN/)
    const textsIn = (words: object): string[] =>
      Object.values(words).flatMap((text) => (typeof text === 'string' ? [text] : textsIn(text)))
    const [own, english] = [textsIn(backtestWords[language]), textsIn(backtestWords.en)]
    const same = own.filter((text, index) => text === english[index])
    // Words that are the same in two languages.
    if (language !== 'en') expect(same.length).toBeLessThanOrEqual(6)
  })

  test('of a single program and of nobody is a page, too', () => {
    const page = backtestPageAsFile(hardlyAnything, 'en')
    expect(page).toContain('Members: 0.')
    expect(page).not.toMatch(/<section|NaN|compared/)
    expect(backtestPictures(hardlyAnything, 'en')).toEqual([])
  })
})

test('a table has an end, and says so', () => {
  const [first] = everyAnswer.candidates
  if (first === undefined) throw new Error('the fixture has a candidate')
  const months = Array.from({ length: 70 }, (_, index) => ({ code: `reason-${index}`, times: index }))
  const long = { ...everyAnswer, candidates: [{ ...first, report: { ...first.report, refused: months } }] }
  const found = sectionsOf(long, backtestWords.en, createWording('en')).find(({ name }) => name === 'refused')
  expect(found?.rows).toHaveLength(60)
  expect(found?.leftOut).toEqual({ shown: 60, all: 70 })
  expect(backtestPageAsFile(long, 'en')).toContain('Shown are the first 60 of 70.')
})

test('programs are named as short as still tells them apart', () => {
  const named = (...names: readonly string[]) =>
    labelsOf({
      ...everyAnswer,
      candidates: names.flatMap((name) => hardlyAnything.candidates.map((candidate) => ({ ...candidate, name }))),
    })
  expect(named('programs/club/program.yaml', 'drafts/spring.yaml')).toEqual(['club', 'spring'])
  expect(named('a/club.yaml', 'b/club.yaml')).toEqual(['1 a/club.yaml', '2 b/club.yaml'])
})

test('each picture is an SVG with colours of its own', () => {
  const pictures = backtestPictures(everyAnswer, 'en')
  expect(pictures.map(({ name }) => name)).toEqual(
    ['months', 'books', 'rules']
      .map((name) => `${name}-bonus-points`)
      .concat('sizes-1-bonus-points', 'aims', 'tiers', 'changes', 'cuts'),
  )
  for (const { svg } of pictures) {
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" /)
    expect(svg).not.toContain('var(')
  }
})
