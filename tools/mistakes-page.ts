import { compileProgram, type Finding } from '@laurel/engine'
import { instantOf, localOf } from '@laurel/server'
import { excerpt } from '../apps/cli/excerpt.ts'
import { findingText } from '../apps/cli/program-file.ts'
import { documentWith, MARK, type WrongDocument } from '../packages/engine/program/wrong-document.fixture.ts'
import { wrongDocuments } from '../packages/engine/program/wrong-documents.fixture.ts'

/** Every mistake of the corpus, as `laurel check` tells it. */
export function mistakesPage(): string {
  const all = Object.values(wrongDocuments).flat()
  const codes = new Set(all.map(({ code }) => code))
  return [
    '# Mistakes, and what is said of them',
    '',
    `${all.length} wrong programs with ${codes.size} codes, each told as \`laurel check\` tells it: the place, what is wrong, and what would be`,
    'right. The lines shown are those that differ from a program without a finding. Written by `npm run gen` from the documents',
    'of the tests, which compare every message word by word; no code stands for more than five mistakes.',
    '',
    'An `error` keeps a program from being published. A `warning` costs money or surprises members. A `note` says what a silence',
    'means.',
    ...Object.entries(wrongDocuments).flatMap(([title, documents]) => ['', `## ${title}`, '', ...documents.map(told)]),
    '',
  ].join('\n')
}

const rightLines = new Set(documentWith({}).split('\n'))
const plain = { paint: (_style: unknown, text: string) => text }

function told({ text: marked }: WrongDocument): string {
  const text = marked.replace(MARK, '')
  const findings = compileProgram(text, { version: 0, hash: '' }, { instantOf, localOf }).findings
  return ['```text', ...findings.map((finding) => toldOf(text, finding)), '```', ''].join('\n')
}

function toldOf(text: string, finding: Finding): string {
  const changed = text.split('\n').flatMap((line, index) => (rightLines.has(line) ? [] : [index + 1]))
  return findingText(plain, 'program.yaml', finding, excerpt(text, finding, changed))
}
