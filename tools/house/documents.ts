import type { File } from './source.ts'

const map = /^## The tree\n+```\n(.*?)^```$/ms
/** Whose folders the map names one by one, as it does those of each workspace in the first two; of `docs` its documents, too. */
const mapped = ['packages', 'apps', 'docs', 'test', 'tools']
const named = /[\w.-]+(?:\/|\.md\b)/g

/**
 * The map in ARCHITECTURE.md names every workspace, each folder of one, of the tests and of the tools, and every document, each where
 * its parent is, and nothing that is not there.
 */
export function mapViolations(files: readonly File[]) {
  const text = files.find(({ path }) => path === 'ARCHITECTURE.md')?.text
  if (text === undefined) return []
  const drawn = map.exec(text)?.[1]
  if (drawn === undefined) return ['ARCHITECTURE.md: has no map of the tree']
  const everywhere = new Set(
    files.flatMap(({ path }) => path.split('/').map((part, at, all) => (at < all.length - 1 ? `${part}/` : part))),
  )
  return [
    ...[...mapped, ...workspacesIn(files)].flatMap((parent) => {
      const name = `${parent.slice(parent.lastIndexOf('/') + 1)}/`
      const there = childrenOf(parent, files)
      const block = new Set(blockOf(drawn, name).match(named))
      block.delete(name)
      return [
        ...[...there].filter((child) => !block.has(child)).map((child) => `leaves out ${child} of ${name}`),
        ...[...block]
          .filter((child) => child.endsWith('/') && !there.has(child) && everywhere.has(child))
          .map((child) => `names ${child}, which is not in ${name}`),
      ]
    }),
    ...[...new Set(drawn.match(named))]
      .filter((each) => !everywhere.has(each))
      .map((each) => `names ${each}, which is not there`),
  ].map((what) => `ARCHITECTURE.md: its map ${what}`)
}

const workspacesIn = (files: readonly File[]) =>
  ['packages', 'apps'].flatMap((parent) =>
    [...childrenOf(parent, files)].map((child) => `${parent}/${child.slice(0, -1)}`),
  )

/** The line that begins with a folder, and those one level deeper below it. */
function blockOf(drawn: string, name: string): string {
  const lines = drawn.split('\n')
  const from = lines.findIndex((line) => line.trimStart().startsWith(name))
  if (from === -1) return ''
  const depth = (line: string) => line.length - line.trimStart().length
  const [own = '', ...below] = lines.slice(from)
  const length = below.findIndex((line) => depth(line) <= depth(own))
  const deeper = length === -1 ? below : below.slice(0, length)
  const next = Math.min(...deeper.filter((line) => line !== '').map(depth))
  return [own, ...deeper.filter((line) => depth(line) === next)].join('\n')
}

/** The folders in one, and the documents in `docs`. */
function childrenOf(parent: string, files: readonly File[]): Set<string> {
  return new Set(
    files.flatMap(({ path }) => {
      if (!path.startsWith(`${parent}/`)) return []
      const [child = '', ...deeper] = path.slice(parent.length + 1).split('/')
      if (deeper.length > 0) return [`${child}/`]
      return parent === 'docs' && child.endsWith('.md') ? [child] : []
    }),
  )
}

/** Records of choices bear the numbers 1, 2, 3 …, in their names and in their headings. */
export function choiceViolations(files: readonly File[]) {
  return files
    .filter(({ path }) => /^docs\/choices\/(?!README)/.test(path))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
    .flatMap(({ path, text }, index) => {
      const number = index + 1
      if (!path.startsWith(`docs/choices/${String(number).padStart(4, '0')}-`))
        return [`${path}: is number ${number} of the choices`]
      return text.startsWith(`# ${number}. `) ? [] : [`${path}: its heading does not begin with ${number}.`]
    })
}
