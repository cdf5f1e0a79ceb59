import { defineConfig } from 'vitest/config'

// The end of a test file's name says what it needs: nothing (unit), a PostgreSQL (database), records on disk (data), or
// patience (long). `npm run check` runs the first kind, `npm test` the first two.
const everywhere = ['packages', 'apps', 'test', 'tools'].map((folder) => `${folder}/**/`)
const filesEnding = (ending: string) => everywhere.map((folder) => `${folder}*${ending}`)
const needy = ['.database.test.ts', '.data.test.ts', '.long.test.ts'].flatMap(filesEnding)
const never = ['**/node_modules/**', '**/.stryker-tmp/**']

export default defineConfig({
  test: {
    passWithNoTests: true,
    projects: [
      { test: { name: 'unit', include: filesEnding('.test.ts'), exclude: [...never, ...needy] } },
      {
        test: {
          name: 'database',
          include: filesEnding('.database.test.ts'),
          exclude: never,
          globalSetup: ['./test/database/template.ts'],
          maxWorkers: 2, // each worker keeps its own database and connections open
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: { name: 'data', include: filesEnding('.data.test.ts'), exclude: never, testTimeout: 600_000 },
      },
      {
        test: { name: 'long', include: filesEnding('.long.test.ts'), exclude: never, testTimeout: 1_800_000 },
      },
    ],
  },
})
