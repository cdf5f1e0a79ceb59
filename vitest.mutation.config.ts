import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

// `npm run mutate` changes what decides, what folds and what verifies line by line and wants a test to notice. Asked are the unit
// tests, the vectors, the rules and the stories between members: what needs no database and says by itself what is right. It
// runs in a copy of the tree whose modules are linked to the original, so the packages are named by their place in the copy.
const door = (name: string) => fileURLToPath(new URL(`packages/${name}/index.ts`, import.meta.url))

export default defineConfig({
  resolve: {
    alias: {
      '@laurel/contract': door('contract'),
      '@laurel/engine': door('engine'),
      '@laurel/ledger': door('ledger'),
    },
  },
  test: {
    // One module graph for all files: a mutant is judged in seconds instead of a minute.
    isolate: false,
    include: [
      'packages/{engine,ledger}/**/*.test.ts',
      'test/{vectors,rules}/**/*.test.ts',
      'test/properties/{pools,merging}.test.ts',
    ],
    exclude: ['**/node_modules/**', '**/*.{database,data,long}.test.ts'],
  },
})
