import fc from 'fast-check'
import { expect, test } from 'vitest'
import { html } from './html.ts'

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
