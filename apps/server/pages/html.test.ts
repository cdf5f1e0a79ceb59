import fc from 'fast-check'
import { expect, test } from 'vitest'
import { amountText, dayInWords, html } from './html.ts'

test('what is put in is escaped, what was made by html is not', () => {
  const evil = "\"><script>alert('x')</script>&"
  expect(html`<p title="${evil}">${evil}${html`<b>${1}</b>`}${[html`<i>a</i>`, html`<i>b</i>`]}${null}</p>`.text).toBe(
    `<p title="${'&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;'}">` +
      '&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;<b>1</b><i>a</i><i>b</i></p>',
  )
})

test('no text gets out of its place', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(html`${text}`.text).not.toMatch(/[<>"']/)
    }),
  )
})

test.each([
  [0, 0, false, '0'],
  [1234567, 0, false, '1,234,567'],
  [-1234, 0, false, '−1,234'],
  [5, 2, true, '+0.05'],
  [123456, 2, false, '1,234.56'],
  [Number.MAX_SAFE_INTEGER, 2, false, '90,071,992,547,409.91'],
])('%i at %i decimals is written %s', (amount, scale, signed, text) => {
  expect(amountText(amount, scale, signed)).toBe(text)
})

test('a day is written in words', () => {
  expect(dayInWords('2026-03-01T10:00:00.000')).toBe('1 March 2026')
})
