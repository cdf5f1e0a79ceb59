import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'

const left = /(^|\/)(node_modules|dist)(\/|$)|\.test\.ts$|\.md$/

/** One name for everything that stands in these files and folders; tests and builds do not count. */
export function hashOfSources(root: string, places: readonly string[]): string {
  const sum = createHash('sha256')
  for (const file of places.flatMap((place) => filesAt(root, place)).toSorted()) {
    const bytes = readFileSync(path.join(root, file))
    sum.update(`${file}\n${bytes.length}\n`).update(bytes)
  }
  return sum.digest('hex').slice(0, 16)
}

function filesAt(root: string, place: string): string[] {
  if (statSync(path.join(root, place)).isFile()) return [place]
  return readdirSync(path.join(root, place), { withFileTypes: true }).flatMap((entry) => {
    const below = `${place}/${entry.name}`
    if (left.test(below)) return []
    return entry.isDirectory() ? filesAt(root, below) : [below]
  })
}
