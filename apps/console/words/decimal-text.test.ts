import { expect, test } from 'vitest'
import { decimalText } from './decimal-text.ts'

test('a sum beyond any number is written to its last digit', () => {
  const format = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
  expect(format.format(decimalText('-90071992547409931', 2))).toBe('-900,719,925,474,099.31')
  expect(['7', '-7', '1234', '0'].map((units) => decimalText(units, 2))).toEqual(['0.07', '-0.07', '12.34', '0.00'])
  expect(decimalText('123456789012345678', 0)).toBe('123456789012345678.0')
})
