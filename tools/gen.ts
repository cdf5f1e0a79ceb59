import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { backtestReportSchema } from '@laurel/contract'
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
  ...explainedPrograms(),
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
