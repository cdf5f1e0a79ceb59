import { type File, isForTests, type Source } from './source.ts'

const definition = /^(?:- \*\*|#{2,4} )([A-Z]{2,}-\d+)\b/gm
const mention = /\b[A-Z]{2,}-\d+\b/g
// They look like ids and are names of standards.
const standards = /^(UTF|SHA|RFC|ISO|AES|IEEE|ECMA|WCAG)-/
const required = ['packages/engine/SPEC.md', 'packages/ledger/SPEC.md']

/** Every rule of a SPEC.md has a test that bears its id, also in a table that two suites read, and no test bears an id that no SPEC.md defines. */
export function specificationViolations(files: readonly File[], sources: readonly Source[]) {
  const violations: string[] = []
  const specifications = files.filter((file) => file.path.split('/').at(-1) === 'SPEC.md')
  for (const path of required) {
    if (!specifications.some((file) => file.path === path)) violations.push(`${path} does not exist`)
  }
  const definedIn = new Map<string, string>()
  for (const file of specifications) {
    for (const [, id = ''] of file.text.matchAll(definition)) {
      const other = definedIn.get(id)
      if (other !== undefined) violations.push(`${file.path}: ${id} is defined in ${other} already`)
      definedIn.set(id, file.path)
    }
  }
  const tested = new Set<string>()
  for (const source of sources.filter((candidate) => isForTests(candidate.path))) {
    for (const [id] of source.tests.flatMap((test) => [...test.title.matchAll(mention)])) {
      if (standards.test(id)) continue
      tested.add(id)
      if (!definedIn.has(id)) violations.push(`${source.path}: a test title names ${id}, which no SPEC.md defines`)
    }
  }
  for (const [id, path] of definedIn) {
    if (!tested.has(id)) violations.push(`${path}: no test title names ${id}`)
  }
  return [...new Set(violations)]
}

const quiet = new Set(['only', 'skip', 'todo', 'fails', 'skipIf', 'runIf'])

/** A test that is passed over proves nothing. Suites over real records may say that the records are absent. */
export function quietTestViolations(sources: readonly Source[]) {
  return sources
    .filter((source) => isForTests(source.path))
    .flatMap((source) =>
      source.tests.flatMap((test) =>
        test.modifiers
          .filter((modifier) => quiet.has(modifier))
          .filter((modifier) => !(source.path.endsWith('.data.test.ts') && /If$/.test(modifier)))
          .map((modifier) => `${source.path}: .${modifier} on "${test.title}"`),
      ),
    )
}
