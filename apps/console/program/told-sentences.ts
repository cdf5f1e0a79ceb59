import type { ExplainedPart, Explanation, Section } from '@laurel/engine'
import type { Place } from './document-places.ts'

/** One sentence, and whether the version before said it, too. */
export interface ToldSentence {
  readonly text: string
  readonly change: 'same' | 'new' | 'gone'
}
export interface ToldPart {
  /** One of a kind. */
  readonly key: string
  readonly name: string | null
  readonly sentences: readonly ToldSentence[]
  /** Where the document says it; null: it says it in several places, or no longer. */
  readonly place: Place | null
}
export interface ToldSection {
  readonly id: Section['id']
  readonly title: string
  readonly parts: readonly ToldPart[]
}

/** Under which keys of the document a section's things stand. */
const keysOf: Readonly<Record<Section['id'], readonly string[]>> = {
  program: ['closing', 'inForce', 'zone'],
  collecting: ['assets'],
  earning: ['earn'],
  levels: ['tiers'],
  benefits: ['benefits'],
  rewards: ['rewards'],
  cards: ['cards'],
  challenges: ['challenges', 'badges'],
  leaderboards: ['leaderboards'],
  draws: ['draws'],
  offers: ['offers'],
  referral: ['referral'],
  memberships: ['memberships'],
  pools: ['pools'],
  partners: ['partners'],
  charities: ['charities'],
  returns: ['refunds'],
  belonging: ['leaving', 'terms', 'minimumAge'],
  business: ['late', 'reservations', 'unknownMembers'],
}

/** What a program says, in sentences, with what another version said instead where there is one. */
export function toldSections(
  before: Explanation | null,
  after: Explanation,
  places: ReadonlyMap<string, Place>,
): ToldSection[] {
  const gone = (before?.sections ?? []).filter(({ id }) => !after.sections.some((section) => section.id === id))
  const told = after.sections.map((section) => {
    const earlier = before === null ? null : (before.sections.find(({ id }) => id === section.id) ?? null)
    return toldSection(section, before === null ? null : (earlier?.parts ?? []), places)
  })
  return [...told, ...gone.map((section) => toldSection({ ...section, parts: [] }, section.parts, places))]
}

function toldSection(
  { id, title, parts }: Section,
  before: readonly ExplainedPart[] | null,
  places: ReadonlyMap<string, Place>,
): ToldSection {
  const [named, earlier] = [withKeys(parts), withKeys(before ?? [])]
  const told = [...named].map(([key, part]): ToldPart => {
    const was = earlier.get(key)
    return {
      ...{ key: `${id}/${key}`, name: part.name, place: placeOf(id, part.id, places) },
      sentences: before === null ? part.sentences.map(same) : compared(textsOf(was), textsOf(part)),
    }
  })
  const gone = [...earlier].filter(([key]) => !named.has(key))
  return {
    ...{ id, title },
    parts: [
      ...told,
      ...gone.map(([key, part]) => ({
        ...{ key: `${id}/${key}`, name: part.name, place: null },
        sentences: compared(textsOf(part), []),
      })),
    ],
  }
}

const same = ({ text }: { readonly text: string }): ToldSentence => ({ text, change: 'same' })
const textsOf = (part: ExplainedPart | undefined): string[] => (part?.sentences ?? []).map(({ text }) => text)

/** Two ladders may have levels of one id: the second is another part. */
function withKeys(parts: readonly ExplainedPart[]): Map<string, ExplainedPart> {
  const keyed = new Map<string, ExplainedPart>()
  for (const part of parts) {
    const name = part.id ?? ''
    let key = name
    for (let number = 2; keyed.has(key); number++) key = `${name}#${number}`
    keyed.set(key, part)
  }
  return keyed
}

/** What is gone stands before what came in its place. */
function compared(before: readonly string[], after: readonly string[]): ToldSentence[] {
  const told: ToldSentence[] = []
  let next = 0
  const goneUpTo = (end: number) => {
    for (; next < end; next++) {
      const text = before[next]
      if (text !== undefined && !after.includes(text)) told.push({ text, change: 'gone' })
    }
  }
  for (const text of after) {
    const stood = before.indexOf(text)
    if (stood === -1) {
      // As many as still stood before the next sentence that stayed.
      const kept = before.findIndex((each, index) => index >= next && after.includes(each))
      goneUpTo(kept === -1 ? before.length : kept)
      told.push({ text, change: 'new' })
    } else {
      goneUpTo(stood)
      next = Math.max(next, stood + 1)
      told.push({ text, change: 'same' })
    }
  }
  goneUpTo(before.length)
  return told
}

function placeOf(section: Section['id'], part: string | null, places: ReadonlyMap<string, Place>): Place | null {
  const names = keysOf[section].map((key) => (part === null ? key : `${key}/${part}`))
  return names.map((name) => places.get(name)).find((place) => place !== undefined) ?? null
}

/** What the document says on this line: the smallest thing that holds it. */
export function partAt(sections: readonly ToldSection[], line: number): string | null {
  let found: ToldPart | null = null
  for (const part of sections.flatMap(({ parts }) => parts)) {
    if (part.place === null || line < part.place.line || line > part.place.until) continue
    const isSmaller = found?.place == null || part.place.until - part.place.line < found.place.until - found.place.line
    if (isSmaller) found = part
  }
  return found?.key ?? null
}
