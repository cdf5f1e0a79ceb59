import { expect, test } from 'vitest'
import { compileTimeFormat } from './time-format.ts'

test('formats of dates', () => {
  const format = compileTimeFormat('d/M/yyyy H:mm')
  expect(format?.('1/12/2010 8:26')?.toString()).toBe('2010-12-01T08:26:00')
  expect(compileTimeFormat('yyyyMMdd')?.('20101201')?.toString()).toBe('2010-12-01')
  expect([format?.('31/2/2010 8:26'), format?.('2010-12-01')]).toEqual([null, null])
  expect([compileTimeFormat('yyyy'), compileTimeFormat('yyyy-MM-dd pp'), compileTimeFormat('yyyy-MM-dd dd')]).toEqual([
    null,
    null,
    null,
  ])
})
