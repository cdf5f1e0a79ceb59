import { describe, expect, test } from 'vitest'
import { type BarChart, drawChart, drawPicture, type LineChart } from './charts.ts'

const palette = { ink: 'ink', second: 'second', line: 'line', series: ['first', 'green'] }
const drawing = { palette, title: 'How much?', mirrored: false }

const numbersIn = (svg: string, pattern: RegExp): number[] =>
  [...svg.matchAll(pattern)].map(([, found]) => Number(found))
const rectangles = (svg: string) =>
  [...svg.matchAll(/<rect x="([-\d.]+)" y="[\d.]+" width="([\d.]+)"/g)].map(([, x, width]) => [
    Number(x),
    Number(width),
  ])

const bars = (...values: readonly number[]): BarChart => ({
  type: 'bars',
  series: [{ label: 'one' }, { label: 'two' }],
  groups: values.map((value, index) => ({
    label: `group ${index}`,
    bars: [{ series: index % 2, value, text: String(value) }],
  })),
})

describe('bars', () => {
  test('are as long as their values, from the same line', () => {
    const [one, half] = rectangles(drawChart(bars(400, 200), drawing).text)
    expect(one?.[0]).toBe(0)
    expect(half?.[0]).toBe(0)
    expect(one?.[1]).toBeCloseTo(2 * (half?.[1] ?? 0), 0)
  })

  test('below nothing go the other way', () => {
    const [up, down] = rectangles(drawChart(bars(300, -100), drawing).text)
    expect((down?.[0] ?? 0) + (down?.[1] ?? 0)).toBeCloseTo(up?.[0] ?? -1, 0)
    expect(up?.[1]).toBeCloseTo(3 * (down?.[1] ?? 0), 0)
  })

  test('of nothing at all are drawn, and nothing is not a number', () => {
    const { text } = drawChart(bars(0, 0), drawing)
    expect(rectangles(text)).toEqual([
      [0, 1],
      [0, 1],
    ])
    expect(drawChart({ type: 'bars', series: [], groups: [] }, drawing).text).not.toMatch(/NaN|Infinity/)
  })

  test('from right to left begin at the right', () => {
    const { text } = drawChart(bars(400), { ...drawing, mirrored: true })
    const [x = 0, width = 0] = rectangles(text)[0] ?? []
    expect(x + width).toBe(360)
    expect(text).toContain('text-anchor="end"')
  })
})

describe('lines', () => {
  const chart = (...values: readonly (readonly number[])[]): LineChart => ({
    type: 'lines',
    series: [{ label: 'one' }, { label: 'two' }],
    points: values.map((own, index) => ({ label: `2026-${index + 1}`, values: own })),
    textOf: String,
  })

  test('stay between round marks', () => {
    const { text } = drawChart(chart([0, 10], [730, 20]), drawing)
    expect([...text.matchAll(/>(\d+)<\/text>/g)].map(([, mark]) => Number(mark))).toEqual([0, 200, 400, 600, 800])
    for (const y of numbersIn(text, /,([\d.]+)/g)) expect(y).toBeGreaterThanOrEqual(10)
  })

  test('that end together are named one below the other', () => {
    const { text } = drawChart(chart([0, 0], [500, 500]), drawing)
    const [one = 0, two = 0] = numbersIn(text, /y="([\d.]+)" text-anchor="start"/g)
    expect(Math.abs(one - two)).toBeGreaterThanOrEqual(14)
  })

  test('of one month, and of none, are drawn', () => {
    for (const drawn of [drawChart(chart([3, 4]), drawing), drawChart(chart(), drawing)]) {
      expect(drawn.text).not.toMatch(/NaN|Infinity/)
    }
  })
})

test('what others chose as names is no markup, and the picture says its question', () => {
  const chart: BarChart = {
    type: 'bars',
    series: [],
    groups: [{ label: '<script>', bars: [{ series: 0, value: 1, text: '"&' }] }],
  }
  const { text } = drawPicture(chart, {
    ...drawing,
    title: 'Who gains <b>and</b> who loses of all that there is to be lost?',
  })
  expect(text).not.toMatch(/<script>|<b>/)
  expect([...text.matchAll(/font-weight="bold"/g)]).toHaveLength(2)
  expect(text).toContain('&lt;script&gt;')
})
