import { explainBonuses, explainProgram } from '../../sentences/explain-program.ts'
import type { Part } from '../../sentences/explanation.ts'
import type { Wording } from '../../sentences/wording.ts'
import type { Program } from '../program.ts'
import { type Section, sectionForms, sectionOfField } from './items.ts'

/** What is said of one item, and what people call it. */
export interface SaidOfItem {
  readonly name: string | null
  readonly texts: readonly string[]
}

/** What is said of every item that has sentences of its own, by its path. */
export function saidByPath(program: Program, wording: Wording): ReadonlyMap<string, SaidOfItem> {
  const parts = new Map(explainProgram(program, wording).sections.map((section) => [section.id, section.parts]))
  const said = new Map<string, SaidOfItem>()
  const tell = (path: string, part: Part | undefined) => {
    if (part === undefined) return
    const own = part.sentences.filter(({ bonus }) => bonus === undefined)
    if (!said.has(path)) said.set(path, { name: part.name, texts: own.map(({ text }) => text) })
  }

  for (const part of explainBonuses(program, wording)) tell(`earn.${part.id}`, part)
  for (const part of parts.get('earning') ?? []) tell(`earn.${part.id}`, part)

  // Two ladders may have levels of one id; their sentences stand in the order of the document.
  const levels = [...(parts.get('levels') ?? [])]
  for (const ladder of program.ladders) {
    tell(`tiers.${ladder.id}`, levels.shift())
    for (const level of ladder.levels) tell(`tiers.${ladder.id}.${level.id}`, levels.shift())
  }

  // Challenges and badges stand under one heading, and may have the same ids.
  const goals = parts.get('challenges') ?? []
  for (const part of goals.slice(0, program.challenges.size)) tell(`challenges.${part.id}`, part)
  for (const part of goals.slice(program.challenges.size)) tell(`badges.${part.id}`, part)

  for (const section of ownHeadings) {
    for (const part of parts.get(sectionForms[section].heading) ?? []) tell(`${section}.${part.id}`, part)
  }
  return said
}

/** Sections that have a heading to themselves. */
const ownHeadings = [
  'assets',
  'rewards',
  'benefits',
  'cards',
  'leaderboards',
  'draws',
  'offers',
  'memberships',
  'pools',
  'partners',
  'charities',
] as const satisfies readonly Section[]

/**
 * What the program as a whole says when `section` is that of another version. Headings such as "Joining and leaving" gather
 * several sections: only by putting one of them back is it seen which sentence is whose.
 */
export function saidWith(program: Program, other: Program, section: Section, wording: Wording): readonly string[] {
  const put = Object.entries(sectionOfField).flatMap(([field, of]) =>
    of === section ? [[field, other[field as keyof Program]] as const] : [],
  )
  const explained = explainProgram({ ...program, ...Object.fromEntries(put) }, wording)
  return explained.sections.flatMap(({ parts }) =>
    parts.flatMap(({ id, sentences }) => (id === null ? sentences.map(({ text }) => text) : [])),
  )
}
