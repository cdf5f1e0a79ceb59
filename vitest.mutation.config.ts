import { defineConfig } from 'vitest/config'

// `npm run mutate` changes engine and ledger line by line and wants a test to notice: their unit tests alone are asked, in
// a copy of the tree where the house rules have no git to read and no database runs.
export default defineConfig({
  test: {
    include: ['packages/{engine,ledger}/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/*.{database,data,long}.test.ts'],
  },
})
