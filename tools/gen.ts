import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { backtestReportSchema, routes } from '@laurel/contract'
import { programSchema } from '@laurel/engine'
import { explainedPrograms } from './explained-programs.ts'
import { languageReference } from './language-reference.ts'
import { mistakesPage } from './mistakes-page.ts'
import { wordsPage } from './words-page.ts'

const root = path.resolve(import.meta.dirname, '..')

/** Generated files are checked in, so that a change of what they say is seen in review; a test compares them. */
export const generatedFiles: Readonly<Record<string, () => string>> = {
  'docs/reference/backtest-report.schema.json': () => `${JSON.stringify(backtestReportSchema(), null, 2)}\n`,
  'docs/reference/language.md': languageReference,
  'docs/reference/mistakes.md': mistakesPage,
  'docs/reference/program.schema.json': () => `${JSON.stringify(programSchema(), null, 2)}\n`,
  'docs/reference/words.md': wordsPage,
  'packages/contract/addresses.ts': addressTable,
  ...explainedPrograms(),
}

/** A browser that calls routes needs to know where they are, not the schemas of everything that they take and answer. */
function addressTable(): string {
  const lines = Object.entries(routes).map(([name, { method, address }]) => `  ${name}: ['${method}', '${address}'],\n`)
  return `import type { Route } from './route.ts'
import type { RouteName } from './routes.ts'

/** Where each route is, and how it is asked: \`npm run gen\` writes it from the route table, so that a client needs no schemas. */
export const addresses: Readonly<Record<RouteName, readonly [method: Route['method'], address: string]>> = {
${lines.join('')}}
`
}

export function readGenerated(file: string): string {
  return readFileSync(path.join(root, file), 'utf8')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [file, generate] of Object.entries(generatedFiles)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
    writeFileSync(path.join(root, file), generate())
    console.log(file)
  }
}
