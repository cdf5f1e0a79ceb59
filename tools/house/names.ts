import { type File, isSource, type Source } from './source.ts'

const drawers = /^(utils?|helpers?|common|misc|lib|libs|shared|base|managers?|services?|types?|interfaces?|constants?)$/
const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/
const emptyVerb = /^(handle|process|manage|do)([A-Z]|$)/

/** Names say what a thing is for; a drawer for odds and ends says nothing. */
export function nameViolations(files: readonly File[], sources: readonly Source[]) {
  const violations = new Set<string>()
  for (const { path } of files) {
    const parts = path.split('/')
    const name = parts.pop() ?? ''
    parts.forEach((folder, depth) => {
      const where = parts.slice(0, depth + 1).join('/')
      if (drawers.test(folder)) violations.add(`${where}: a folder named "${folder}" is a drawer for odds and ends`)
      if (!folder.startsWith('.') && !kebab.test(folder)) violations.add(`${where}: folders are kebab-case`)
    })
    if (!isSource(path)) continue
    const stem = name.split('.')[0] ?? ''
    if (drawers.test(stem)) violations.add(`${path}: a file named "${stem}" is a drawer for odds and ends`)
    if (!kebab.test(name)) violations.add(`${path}: files are kebab-case`)
  }
  for (const source of sources) {
    for (const { name, isFunction } of source.exports) {
      if (isFunction && emptyVerb.test(name)) violations.add(`${source.path}: "${name}" does not say what it does`)
    }
  }
  return [...violations]
}

const linesMax = 500

/** Above the limit nobody sees the whole, of a test no more than of what it tests. Tables are read by searching, and excepted. */
export function lengthViolations(files: readonly File[]) {
  return files
    .filter(({ path }) => isSource(path) && !path.endsWith('.table.ts'))
    .flatMap(({ path, text }) => {
      const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0)
      return lines > linesMax ? [`${path}: ${lines} lines, at most ${linesMax}`] : []
    })
}
