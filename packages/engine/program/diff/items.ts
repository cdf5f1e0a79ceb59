import type { SectionId } from '../../sentences/sentences.ts'
import type { DocumentText } from '../document/document.ts'
import type { Program } from '../program.ts'
import type { Json } from '../shape.ts'

/** A thing of a document that people speak of by itself: a rule, a reward, a level, the policy for returns. */
export interface Item {
  /** Null where the section is one thing. */
  readonly id: string | null
  readonly path: string
  readonly section: Section
  /** What is said of it, without its id and without the items within. */
  readonly content: Json
  /** Levels stand in their ladder. */
  readonly within: readonly Item[]
}

export type Section = Exclude<keyof DocumentText, 'tree'>
export type Sections = Readonly<Partial<Record<Section, Json>>>

/**
 * How each section holds its items and under which heading its sentences stand, in the order in which the language lists
 * them. `listed` are those whose order means something. A new section does not compile before it stands here.
 */
export const sectionForms: Readonly<
  Record<Section, { readonly form: 'one' | 'named' | 'listed'; readonly heading: SectionId }>
> = {
  laurel: { form: 'one', heading: 'program' },
  id: { form: 'one', heading: 'program' },
  name: { form: 'one', heading: 'program' },
  zone: { form: 'one', heading: 'program' },
  currency: { form: 'one', heading: 'program' },
  inForce: { form: 'one', heading: 'program' },
  late: { form: 'one', heading: 'business' },
  refunds: { form: 'one', heading: 'returns' },
  reservations: { form: 'one', heading: 'business' },
  unknownMembers: { form: 'one', heading: 'business' },
  leaving: { form: 'one', heading: 'belonging' },
  activities: { form: 'named', heading: 'earning' },
  assets: { form: 'named', heading: 'collecting' },
  earn: { form: 'listed', heading: 'earning' },
  groups: { form: 'named', heading: 'earning' },
  tiers: { form: 'listed', heading: 'levels' },
  rewards: { form: 'named', heading: 'rewards' },
  badges: { form: 'named', heading: 'challenges' },
  benefits: { form: 'named', heading: 'benefits' },
  cards: { form: 'named', heading: 'cards' },
  challenges: { form: 'named', heading: 'challenges' },
  leaderboards: { form: 'named', heading: 'leaderboards' },
  draws: { form: 'named', heading: 'draws' },
  offers: { form: 'named', heading: 'offers' },
  referral: { form: 'one', heading: 'referral' },
  memberships: { form: 'named', heading: 'memberships' },
  pools: { form: 'named', heading: 'pools' },
  partners: { form: 'named', heading: 'partners' },
  charities: { form: 'named', heading: 'charities' },
  places: { form: 'named', heading: 'business' },
  segments: { form: 'named', heading: 'business' },
  terms: { form: 'one', heading: 'belonging' },
  minimumAge: { form: 'one', heading: 'belonging' },
  staff: { form: 'one', heading: 'business' },
  publishing: { form: 'one', heading: 'business' },
  holdout: { form: 'one', heading: 'business' },
  closing: { form: 'one', heading: 'program' },
  transitions: { form: 'one', heading: 'program' },
}

/** Which section says each part of a compiled program; null: publication gives it, or others of these say it together. */
export const sectionOfField: Readonly<Record<keyof Program, Section | null>> = {
  id: 'id',
  version: null,
  hash: null,
  name: 'name',
  zone: 'zone',
  currency: 'currency',
  inForceFrom: 'inForce',
  late: 'late',
  refunds: 'refunds',
  reservationsLastMs: 'reservations',
  unknownMembers: 'unknownMembers',
  terms: 'terms',
  minimumAge: 'minimumAge',
  staffEarn: 'staff',
  publishingNeedsApproval: 'publishing',
  closing: 'closing',
  transitions: 'transitions',
  leaving: 'leaving',
  assets: 'assets',
  onOrder: 'earn',
  onActivity: 'earn',
  onOccasion: 'earn',
  awardsOn: 'earn',
  caps: 'earn',
  ladders: 'tiers',
  benefits: 'benefits',
  badges: 'badges',
  rewards: 'rewards',
  cards: 'cards',
  challenges: 'challenges',
  leaderboards: 'leaderboards',
  draws: 'draws',
  offers: 'offers',
  referral: 'referral',
  memberships: 'memberships',
  pools: 'pools',
  partners: 'partners',
  charities: 'charities',
  places: 'places',
  segments: 'segments',
  activities: 'activities',
  asksPast: null,
  messagesHoldout: 'holdout',
}

/** The items of one section of a canonical document. */
export function itemsOf(section: Section, value: Json | undefined): readonly Item[] {
  if (value === undefined) return []
  switch (sectionForms[section].form) {
    case 'one':
      return [{ id: null, path: section, section, content: value, within: [] }]
    case 'named':
      return Object.entries(mapOf(value)).map(([id, content]) => itemOf(section, section, id, content))
    case 'listed':
      return listedItems(section, section, value)
  }
}

/** A ladder is named by `ladder`, everything else in a list by `id`. */
function listedItems(section: Section, path: string, value: Json): readonly Item[] {
  return listOf(value).map((each) => {
    const { id, ladder, levels, ...content } = mapOf(each)
    const item = itemOf(section, path, String(ladder ?? id), content)
    return levels === undefined ? item : { ...item, within: listedItems(section, item.path, levels) }
  })
}

const itemOf = (section: Section, path: string, id: string, content: Json): Item => ({
  id,
  path: `${path}.${id}`,
  section,
  content,
  within: [],
})

export const isList = (value: Json): value is readonly Json[] => Array.isArray(value)
export const isMap = (value: Json): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && !isList(value)
const listOf = (value: Json): readonly Json[] => (isList(value) ? value : [])
const mapOf = (value: Json): { readonly [key: string]: Json } => (isMap(value) ? value : {})
