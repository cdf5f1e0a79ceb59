import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { cdnowIsAbsent, isAbsent } from '../test/data/records.fixture.ts'
import { calibrationPictures } from './calibration-pictures.ts'

test.skipIf(isAbsent || cdnowIsAbsent)(
  'the pictures in docs are those of the records: npm run calibration',
  async () => {
    const pictures = await calibrationPictures()
    for (const [file, picture] of pictures) {
      expect(readFileSync(path.join(import.meta.dirname, '..', file), 'utf8'), file).toBe(picture)
    }
    expect(pictures.size).toBe(2)
  },
)
