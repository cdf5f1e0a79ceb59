import { expect, test } from 'vitest'
import { generatedFiles, readGenerated } from './gen.ts'

test.each(Object.entries(generatedFiles))('%s is what `npm run gen` writes', (file, generate) => {
  expect(readGenerated(file)).toBe(generate())
})
