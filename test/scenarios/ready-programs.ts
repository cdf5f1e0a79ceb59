import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { compileProgram, type Program } from '@laurel/engine'

/** A ready-made program with its scenarios. */
export interface ReadyProgram {
  readonly name: string
  readonly program: Program
  /** The document. */
  readonly text: string
  /** The Markdown. */
  readonly scenarios: string
}

const root = path.resolve(import.meta.dirname, '../..')

/** The documents of all ready-made programs, by id. */
export const readyDocuments: ReadonlyMap<string, string> = new Map(
  readdirSync(path.join(root, 'programs'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => [name, documentOf(name)]),
)

/** Every ready-made program that has scenarios, and the examples of the page that says how they are written. */
export function readyPrograms(): ReadyProgram[] {
  const folder = path.join(root, 'programs')
  const ready = readdirSync(folder).flatMap((name) => {
    const file = path.join(folder, name, 'scenarios.md')
    return existsSync(file) ? [readyProgram(name, name, readFileSync(file, 'utf8'))] : []
  })
  const page = readFileSync(path.join(root, 'docs/scenarios.md'), 'utf8')
  const examples = [...page.matchAll(/^```markdown\n([\s\S]*?)^```/gm)].map(([, block]) => block).join('\n')
  return [...ready, readyProgram('docs/scenarios.md', 'glow-club', examples)]
}

function readyProgram(name: string, folder: string, scenarios: string): ReadyProgram {
  const text = documentOf(folder)
  const { program } = compileProgram(text, { version: 1, hash: folder })
  if (program === null) throw new Error(`${folder} does not compile`)
  return { name, program, text, scenarios }
}

function documentOf(folder: string): string {
  return readFileSync(path.join(root, 'programs', folder, 'program.yaml'), 'utf8')
}
