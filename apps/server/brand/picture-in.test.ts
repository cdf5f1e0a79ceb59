import { expect, test } from 'vitest'
import { pictureIn } from './picture-in.ts'
import { pngOf } from './pictures.fixture.ts'

/** Heads of files of 80 × 64 pixels, as the formats write them. */
const heads: readonly [string, string][] = [
  ['image/png', '89504e470d0a1a0a0000000d494844520000005000000040080200000'.padEnd(80, '0')],
  [
    'image/jpeg',
    `ffd8ffe000104a46494600010101004800480000ffdb0043${'00'.repeat(65)}ffc00011080040005003012200021101031101`,
  ],
  ['image/webp', '524946463c000000574542505650382030000000d00300 9d012a50004000'.replaceAll(' ', '')],
  ['image/webp', '52494646300000005745425056503 84c230000002f4fc00f00'.replaceAll(' ', '').padEnd(70, '0')],
  ['image/webp', `5249464630000000574542505650385 80a000000100000004f00003f0000`.replaceAll(' ', '').padEnd(70, '0')],
]

test.each(heads)('%s is known by its bytes, with its sides', (type, hex) => {
  expect(pictureIn(Buffer.from(hex, 'hex'))).toEqual({ type, width: 80, height: 64 })
})

test('what is cut off, too small, too large or something else is told apart', () => {
  const wrongOf = (bytes: Buffer) => Object.values(pictureIn(bytes)).join()
  for (const [, hex] of heads) {
    for (const length of [0, 1, 3, 11, 17, 20]) {
      expect(wrongOf(Buffer.from(hex.slice(0, length * 2), 'hex'))).toContain('is no PNG, JPEG or WebP')
    }
  }
  // Nothing follows the segment, and one whose length is a lie leads out of the file.
  expect(wrongOf(Buffer.from('ffd8ffe0ffff0000000000000000', 'hex'))).toContain('is no PNG')
  expect(wrongOf(pngOf(63, 500))).toContain('63 × 500 pixels')
  expect(wrongOf(pngOf(2049, 500))).toContain('2049 × 500 pixels')
  expect(pictureIn(pngOf(2048, 64))).toMatchObject({ width: 2048, height: 64 })
})
