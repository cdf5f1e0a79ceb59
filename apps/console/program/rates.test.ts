import { expect, test } from 'vitest'
import { ratesIn, withRate } from './rates.ts'

const document = `id: club
earn:
  - id: base
    give: 1,000 points
    per: 1.00 USD
    # give: 3 points
  - { id: sunday, multiply: { rule: base, by: 1.5 } }
rewards:
  coffee: { price: 10 points }
`

test('what rules give and multiply by is found where it stands, and turned without touching anything else', () => {
  const rates = ratesIn(document)
  expect(rates.map(({ rule, kind, value, unit }) => [rule, kind, value, unit])).toEqual([
    ['base', 'gives', 1000, 'points'],
    ['sunday', 'multiplies', 1.5, ''],
  ])
  const [base, sunday] = rates
  if (base === undefined || sunday === undefined) throw new Error('both are there')
  expect(withRate(document, base, 25)).toBe(document.replace('1,000', '25'))
  expect(withRate(document, sunday, 2)).toBe(document.replace('by: 1.5', 'by: 2'))
})
