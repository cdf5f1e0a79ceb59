import type { File } from './source.ts'

const map = /^## The tree\n+```\n(.*?)^```$/ms
/** Whose folders the map names one by one. */
const mapped = /^(?:packages\/engine|apps\/server|docs)\/([^/]+)\//
const document = /^docs\/([^/]+\.md)$/

/** The map in ARCHITECTURE.md names every folder of engine and server and every document, and nothing that is not there. */
export function mapViolations(files: readonly File[]) {
  const text = files.find(({ path }) => path === 'ARCHITECTURE.md')?.text
  if (text === undefined) return []
  const drawn = map.exec(text)?.[1]
  if (drawn === undefined) return ['ARCHITECTURE.md: has no map of the tree']
  const named = new Set(drawn.match(/[\w.-]+(?:\/|\.md\b)/g))
  const there = new Set(
    files.flatMap(({ path }) => {
      const found = mapped.exec(path)?.[1]
      return [...(found === undefined ? [] : [`${found}/`]), ...(document.exec(path)?.slice(1) ?? [])]
    }),
  )
  const everywhere = new Set(
    files.flatMap(({ path }) => path.split('/').map((part, at, all) => (at < all.length - 1 ? `${part}/` : part))),
  )
  return [
    ...[...there].filter((name) => !named.has(name)).map((name) => `ARCHITECTURE.md: its map leaves out ${name}`),
    ...[...named]
      .filter((name) => !everywhere.has(name))
      .map((name) => `ARCHITECTURE.md: its map names ${name}, which is not there`),
  ]
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
