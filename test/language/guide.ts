import { readFileSync } from 'node:fs'
import path from 'node:path'

/** A fenced block of the guide, in the order of the page. */
export interface Block {
  /** `program`: a whole document, the base of what follows; `added`: sections for it; `wrong`: such with a mistake. */
  readonly kind: 'program' | 'added' | 'wrong' | 'message' | 'scenarios'
  readonly line: number
  readonly text: string
}

const kinds: Readonly<Record<string, Block['kind']>> = {
  'yaml program': 'program',
  yaml: 'added',
  'yaml wrong': 'wrong',
  text: 'message',
  markdown: 'scenarios',
}

export const pageOf = (file: string): string => readFileSync(path.resolve(import.meta.dirname, '../..', file), 'utf8')

export function blocksOf(file: string): Block[] {
  const page = pageOf(file)
  return [...page.matchAll(/^```([a-z ]+)\n([\s\S]*?)^```/gm)].flatMap((found) => {
    const kind = kinds[found[1] ?? '']
    const line = page.slice(0, found.index).split('\n').length
    return kind === undefined ? [] : [{ kind, line, text: found[2] ?? '' }]
  })
}

/**
 * A document with more in it, as somebody adds to it who reads on: a section that is there already grows by what is written
 * under it, and one that is written on one line takes the place of the old one.
 */
export function withAdded(document: string, added: string): string {
  const sections = sectionsOf(document)
  for (const [name, text] of sectionsOf(added)) {
    const known = sections.get(name)
    const [, ...body] = text.split('\n')
    const grows = known !== undefined && body.some((line) => line.trim() !== '')
    sections.set(name, grows ? `${known.trimEnd()}\n${text.slice(text.indexOf('\n') + 1)}` : text)
  }
  return [...sections.values()].join('')
}

function sectionsOf(document: string): Map<string, string> {
  const sections = new Map<string, string>()
  let name = ''
  for (const line of document.split(/(?<=\n)/)) {
    name = /^([A-Za-z]+):/.exec(line)?.[1] ?? name
    sections.set(name, `${sections.get(name) ?? ''}${line}`)
  }
  return sections
}
