import { isForTests, type Source } from './source.ts'

/** What would make the same facts give another answer on another machine, another day or another run. */
const banned = [
  'Date',
  'Temporal.Now',
  'Math.random',
  'Intl',
  '.localeCompare',
  '.toLocaleString',
  '.toLocaleUpperCase',
  '.toLocaleLowerCase',
  'performance',
  'process',
  'console',
  'crypto',
  'globalThis',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'fetch',
  'Promise',
  // Amounts are decimal: text becomes an integer of minor units or is refused, and is never guessed at.
  'parseFloat',
  'Number.parseFloat',
]

/** Engine, ledger and insights answer from their arguments alone: no clock, chance, locale, machine or waiting. */
export function purityViolations(sources: readonly Source[]) {
  return sources
    .filter((source) => /^packages\/(engine|ledger|insights)\//.test(source.path) && !isForTests(source.path))
    .flatMap((source) => {
      const found = banned.filter((name) => source.uses.has(name))
      if (source.isAsync) found.push('async')
      const foreign = source.imports.map((used) => used.specifier).filter((specifier) => specifier.startsWith('node:'))
      // The ledger chains its entries with SHA-256; the others have no use for any module of Node.
      const mayHash = source.path.startsWith('packages/ledger/')
      found.push(...foreign.filter((specifier) => !(mayHash && specifier === 'node:crypto')))
      return found.map((name) => `${source.path}: ${name} has no place in a pure package`)
    })
}
