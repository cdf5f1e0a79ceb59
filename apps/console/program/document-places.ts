/** Where the things of a document stand, found by its indentation: also while it is being typed and cannot be read. */
export interface Place {
  /** From 1. */
  readonly line: number
  /** The last line that belongs to it. */
  readonly until: number
}

interface Line {
  readonly indent: number
  /** Where a list item begins; null: the line begins none. */
  readonly dash: number | null
  readonly key: string | null
  readonly value: string
}

const keyLine = /^(\s*)((?:- +)*)(?:"([^"]+)"|'([^']+)'|([^\s#"'{[-][^:#{[]*)):(?:\s+(.*))?$/

/** What a line says; null: it is empty or a comment. */
function read(text: string): Line | null {
  if (/^\s*(#|$)/.test(text)) return null
  const found = keyLine.exec(text)
  const [, spaces = '', dashes = '', double, single, plain] = found ?? []
  const bare = /^(\s*)(- +)?/.exec(text)
  const indent = found === null ? (bare?.[0].length ?? 0) : spaces.length + dashes.length
  const hasDash = found === null ? bare?.[2] !== undefined : dashes !== ''
  return {
    indent,
    dash: hasDash ? (found === null ? (bare?.[1]?.length ?? 0) : spaces.length) : null,
    key: found === null ? null : (double ?? single ?? plain?.trim() ?? null),
    value: (found?.[6] ?? '').replace(/\s+#.*$/, '').trim(),
  }
}

/** A step of a path: a key, or an item of a list. */
export type Step = string | null

/**
 * Under which keys somebody writes at this column of the last line; null stands for an item of a list. What is open inside braces counts
 * as well: after `refunds: { ` it is under `refunds`.
 */
export function pathAt(linesBefore: readonly string[], prefix: string): { path: Step[]; key: string | null } {
  const path: Step[] = []
  const open = openIn(prefix)
  const own = read(prefix)
  const blank = /^\s*/.exec(prefix)?.[0].length ?? 0
  let limit = own === null ? blank : own.indent
  if (own !== null && own.dash !== null) {
    path.unshift(null)
    limit = own.dash + 0.5
  }
  for (const text of linesBefore.toReversed()) {
    const line = read(text)
    if (line === null) continue
    if (line.dash !== null && line.dash < limit && line.indent >= limit && path[0] !== null) {
      path.unshift(null)
      limit = line.dash + 0.5
      continue
    }
    if (line.key === null || line.indent >= limit) continue
    path.unshift(line.key)
    limit = line.indent
    if (line.dash !== null) {
      path.unshift(null)
      limit = line.dash + 0.5
    }
  }
  path.push(...(open?.steps ?? []))
  const key = open === null ? (own?.key ?? null) : open.key
  return { path, key }
}

/** Of what is inside braces or brackets that are not closed yet: under which keys, and whose value is being written. */
function openIn(prefix: string): { steps: Step[]; key: string | null } | null {
  const steps: Step[] = []
  let last = ''
  const rest: string[] = []
  for (const character of prefix) {
    if (character === '{' || character === '[') {
      const key = /([\w-]+)\s*:\s*$/.exec(last)?.[1] ?? null
      steps.push(...(key === null ? [] : [key]), ...(character === '[' ? [null] : []))
      rest.push(last)
      last = ''
    } else if (character === '}' || character === ']') {
      if (rest.length === 0) return null
      last = `${rest.pop() ?? ''} `
      steps.pop()
    } else {
      last += character
    }
  }
  if (rest.length === 0) return null
  const part = last.slice(last.lastIndexOf(',') + 1)
  return { steps, key: /^\s*([\w-]+)\s*:\s/.exec(`${part} `)?.[1] ?? null }
}

/** Which things a section of the document declares, by their ids: those of a map by key, those of a list by `id` or `ladder`. */
export function placesIn(document: string): ReadonlyMap<string, Place> {
  const lines = document.split('\n')
  const parsed = lines.map(read)
  const places = new Map<string, Place>()
  let section = ''
  /** How deep the things of a section stand that has them by key; null: it has a list. */
  let depth: number | null = null
  lines.forEach((text, index) => {
    const line = parsed[index]
    if (line === null || line === undefined) return
    if (line.indent === 0 && line.dash === null && line.key !== null) {
      section = line.key
      const first = parsed.slice(index + 1).find((each) => each !== null)
      depth = first == null || first.dash !== null || first.indent === 0 ? null : first.indent
      places.set(section, { line: index + 1, until: endOf(parsed, index, 0) })
      return
    }
    const named = /^\s*(?:- +)*(?:\{\s*)?(?:id|ladder):\s*["']?([\w-]+)/.exec(text)?.[1]
    const keyed = line.indent === depth && line.dash === null ? line.key : null
    const id = keyed ?? named ?? null
    const name = `${section}/${id}`
    if (id === null || places.has(name)) return
    const begin = keyed === null && line.dash === null ? itemBefore(parsed, index) : index
    places.set(name, { line: begin + 1, until: endOf(parsed, begin, parsed[begin]?.dash ?? line.indent) })
  })
  return places
}

/** The line that begins the list item in which this one stands. */
function itemBefore(parsed: readonly (Line | null)[], index: number): number {
  const own = parsed[index]?.indent ?? 0
  for (let above = index - 1; above >= 0; above--) {
    const line = parsed[above]
    if (line !== null && line !== undefined && line.dash !== null && line.indent === own) return above
    if (line !== null && line !== undefined && line.indent < own) return index
  }
  return index
}

function endOf(parsed: readonly (Line | null)[], begin: number, depth: number): number {
  let until = begin + 1
  for (let below = begin + 1; below < parsed.length; below++) {
    const line = parsed[below]
    if (line === null || line === undefined) continue
    const start = line.dash ?? line.indent
    if (start <= depth) break
    until = below + 1
  }
  return until
}

/** The document with another beginning, and everything else as it stands; null: it counts from its publication. */
export function withBeginning(document: string, from: string | null): string {
  const without = document.replace(/^inForce:.*(?:\n[ \t]+.*)*\n?/m, '')
  if (from === null) return without
  const line = `inForce: { from: ${from} }\n`
  const after = /^(currency|zone|name|id|laurel):.*(?:\n[ \t]+.*)*\n/m
  const head = ['currency', 'zone', 'id', 'laurel'].find((key) => new RegExp(`^${key}:`, 'm').test(without))
  if (head === undefined || !after.test(without)) return line + without
  return without.replace(new RegExp(`^${head}:.*(?:\\n[ \\t]+.*)*\\n`, 'm'), (found) => found + line)
}

/** The day or moment that the document names; null: it names none. */
export function beginningOf(document: string): string | null {
  const found = /^inForce:\s*(?:\{\s*from:\s*([^\s}]+)\s*\}|\n\s+from:\s*(\S+))/m.exec(document)
  return found?.[1] ?? found?.[2] ?? null
}
