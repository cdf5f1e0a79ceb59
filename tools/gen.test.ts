import { expect, test } from 'vitest'
import { generatedFiles, readGenerated } from './gen.ts'

// The page of mistakes compiles each of several hundred wrong programs.
const patience = { timeout: 20_000 }

test.each(Object.entries(generatedFiles))('%s is what `npm run gen` writes', patience, (file, generate) => {
  expect(readGenerated(file)).toBe(generate())
})
