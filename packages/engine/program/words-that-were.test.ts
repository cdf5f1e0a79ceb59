import { expect, test } from 'vitest'
import { compileProgram } from './compile/program.ts'
import { documentWith, withRules } from './wrong-document.fixture.ts'

const rule = (rest: string) => withRules(`  - { id: extra, on: order.paid, give: 5 points, per: order, ${rest} }`)
const more = (text: string) => documentWith({ more: text })
const tickets = `tickets: { kind: tickets, expires: never }`
const draw = (when: string) =>
  documentWith({
    assets: `assets:\n  points: { kind: spendable, pending: none, expires: never, burnOrder: [promo] }\n  status: { kind: qualifying, expires: never }\n  ${tickets}`,
  }).concat(`draws: { car: { of: tickets, ${when}, winners: 1 winners, give: 5 points } }\n`)
const found = (text: string) => compileProgram(text, { version: 0, hash: '' }).findings

// Words of drafts: each stood for two things, or beside another that said the same.
test.each([
  ['for', 'neededFor', more('terms: { current: 2026-03, for: [redeem] }')],
  ['for', 'neededFor', more('minimumAge: { least: 16 years, for: [redeem] }')],
  ['burn', 'burnOrder', documentWith({}).replace('burnOrder:', 'burn:')],
  ['of', 'whose', rule('cap: { most: 20 points, each: calendar-day, of: member }')],
  ['of', 'brings', more('charities: { elm: { impact: { per: 100 points, of: { en: a tree } } } }')],
  ['to', 'charity', rule('to: elm')],
  ['opens', 'window', draw('opens: 2026-03-01, closes: 2026-03-31')],
  ['closes', 'window', draw('opens: 2026-03-01, closes: 2026-03-31')],
  [
    'qualifies',
    'goal',
    more('referral: { advocate: 5 points, qualifies: { order: { atLeast: 30.00 USD } }, hold: P91D }'),
  ],
])('a `%s` of the drafts is answered with `%s`', (was, is, text) => {
  const answer = found(text).find(({ code, path }) => code === 'unknown-key' && path.endsWith(was))
  expect(answer).toMatchObject({ severity: 'error', instead: `Did you mean \`${is}\`?` })
})

test.each([
  ['sum', 'add'],
  ['product', 'multiply'],
])('`stack: %s` of the drafts is answered with `%s`', (was, is) => {
  const [answer] = found(rule(`stack: ${was}`))
  expect(answer).toMatchObject({ code: 'unknown-word', instead: `Did you mean \`${is}\`?` })
})
