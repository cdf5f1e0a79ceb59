import { defineConfig } from 'vitest/config'

// The end of a test file's name says what it needs: nothing (unit), processes or an engine of its own (process), a PostgreSQL
// (database), records on disk (data), or patience (long). `npm run check` runs the first kind, `npm test` the first three.
const everywhere = ['packages', 'apps', 'test', 'tools'].map((folder) => `${folder}/**/`)
const filesEnding = (ending: string) => everywhere.map((folder) => `${folder}*${ending}`)
const needy = ['.process.test.ts', '.database.test.ts', '.data.test.ts', '.long.test.ts'].flatMap(filesEnding)
const never = ['**/node_modules/**', '**/.stryker-tmp/**']

export default defineConfig({
  test: {
    passWithNoTests: true,
    // Nobody waits beside them: left to itself, Vitest keeps one core free for an editor.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'unit',
          include: filesEnding('.test.ts'),
          exclude: [...never, ...needy],
          // Nothing that these test keeps anything behind: reading the engine anew for each file is a third of the time.
          isolate: false,
        },
      },
      {
        test: { name: 'process', include: filesEnding('.process.test.ts'), exclude: never, testTimeout: 60_000 },
      },
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
