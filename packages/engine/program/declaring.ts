import { idMeant } from './id-meant.ts'
import type { Names } from './names.ts'
import { inOwnWords, kindByName } from './own-words.ts'
import { writtenIn } from './shape.ts'

/** How what a document speaks of and does not have is declared: the section, and the line to write there. */

/** What is earned must say when it is lost; the name tells most of them. */
export const assetLine = (id: string): string => `${id}: { kind: ${kindByName(id)}, expires: never }`

const named = (text: string, id: string): string => (text === id ? '{}' : `{ name: { en: ${writtenIn(text)} } }`)

/** The least that each section asks for. */
const leastOf: Readonly<Record<string, (text: string, id: string) => string>> = {
  activities: () => '{}',
  badges: named,
  benefits: (_text, id) => `{ kind: ${id === 'free-shipping' ? id : 'service'} }`,
  charities: named,
  groups: () => '{ take: best }',
  memberships: () => '{ fee: 5.00 USD, every: P1M }',
  partners: named,
  places: named,
  rewards: () => '{ kind: custom }',
  segments: named,
}

export interface Declaring {
  readonly id: string
  /** `declare it under …`, with the line. */
  readonly told: string
}

/** Null where the section asks for more than a line. */
export function declaring(where: string, text: string, names: Names): Declaring | null {
  const id = idMeant(text)
  if (id === '') return null
  const least = Object.hasOwn(leastOf, where) ? leastOf[where]?.(text, id) : undefined
  const line = where === 'assets' ? assetLine(id) : least === undefined ? null : `${id}: ${inOwnWords(least, names)}`
  if (line === null) return null
  const here = text === id ? '' : `, and write ${id} here`
  return { id, told: `declare it under \`${where}\`: ${line}${here}` }
}
