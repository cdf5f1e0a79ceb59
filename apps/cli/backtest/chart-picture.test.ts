import { backtestPictures } from '@laurel/server'
import { expect, test } from 'vitest'
import { everyAnswer } from '../../../test/backtest/every-answer.ts'
import { openPictures } from './chart-picture.ts'

const draw = openPictures()
if (draw === null) throw new Error('npm ci brings the renderer')

/** Width and height stand in the first chunk of a PNG. */
const sizeOf = (png: Uint8Array) => {
  const view = new DataView(png.buffer, png.byteOffset)
  return { width: view.getUint32(16), height: view.getUint32(20) }
}

test('each chart is a PNG of a bounded size, with text that does not hang on the fonts of this machine', () => {
  for (const { svg } of backtestPictures(everyAnswer, 'ar')) {
    const png = draw(svg)
    expect([...png.slice(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47])
    const { width, height } = sizeOf(png)
    expect(width).toBe(2 * (360 + 2 * 16))
    expect(height).toBeLessThan(4_000)
    expect(png.length).toBeLessThan(500_000)
    // Without a font there would be nothing but bars.
    const silent = draw(svg.replaceAll(/<text.*?<\/text>/gs, ''))
    expect(silent.length).toBeLessThan(png.length)
  }
})
