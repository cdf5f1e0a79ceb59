import { type DocumentText, document } from './document/document.ts'
import type { Finding } from './finding.ts'
import { type Names, namesOf } from './names.ts'
import type { Reading } from './shape.ts'
import { parseTree, type Tree } from './syntax-tree.ts'

export interface ReadDocument {
  readonly tree: Tree | null
  readonly reading: Reading
  /** What could be read; null where the text is no map at all. */
  readonly document: DocumentText | null
}

/** Text to document: everything that can be read, and everything that is wrong with the rest, at once. */
export function readDocument(text: string): ReadDocument {
  const { tree, findings } = parseTree(text)
  const reading = readingOf(tree === null ? emptyNames : namesOf(tree), findings)
  return { tree, reading, document: tree === null ? null : (document.read(tree, reading) ?? null) }
}

const emptyNames: Names = namesOf({ type: 'map', path: '', at: { line: 1, column: 1 }, entries: [] })

function readingOf(names: Names, findings: Finding[]): Reading {
  return {
    names,
    findings,
    example: '',
    within: null,
    beside: [],
    listed: false,
    asset: null,
    spent: false,
    given: false,
    counts: null,
    quiet: false,
    report({ path, at }, code, message, instead) {
      findings.push({ code, severity: 'error', path, ...at, message, instead })
    },
  }
}
