import { expect, test } from 'vitest'
import { figure, median, tableOf } from './figures.ts'

test('a goal is about the ratio where there is a baseline, else about the value', () => {
  expect(figure('P1', 'orders', '1/s', '>= 2', 6000, 3000)).toMatchObject({ ratio: 2, met: true })
  expect(figure('P1', 'orders', '1/s', '>= 2', 5900, 3000)).toMatchObject({ ratio: 1.97, met: false })
  expect(figure('P8', 'start', 's', '<= 3', 3)).toMatchObject({ baseline: null, ratio: null, met: true })
  expect(figure('P8', 'start', 's', '< 3', 3)).toMatchObject({ met: false })
  expect(() => figure('P8', 'start', 's', 'about 3', 3)).toThrow('no goal')
})

test('medians', () => {
  expect([median([3, 1, 2]), median([4, 1]), median([5])]).toEqual([2, 2.5, 5])
})

test('the table says no in capitals', () => {
  const table = tableOf([figure('P8', 'start', 's', '<= 3', 4, null, 'cold disk')])
  expect(table).toContain('NO')
  expect(table.split('\n').at(-1)).toBe('P8: cold disk')
})
