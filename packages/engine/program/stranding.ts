import type { Program, Transitions } from './program.ts'

/** What a version would strand of what members hold, and how its document has to answer. */
export interface Stranding {
  /** Of `transitions`: where the answer belongs. */
  readonly section: keyof typeof ANSWERED_IN
  /** Under which it is answered: an id, of a level with its ladder. */
  readonly id: string
  /** What is given up or made harder to keep, as a path of the document. */
  readonly path: string
  readonly loss: string
  /** What of members says how much it is about; null: it is no amount. */
  readonly asset: string | null
  /** Every answer there is, as it is written after the id. */
  readonly answers: readonly string[]
}

/** Where the language has each of the engine's transitions. */
export const ANSWERED_IN = {
  assets: 'assets',
  levels: 'tiers',
  rewards: 'rewards',
  cards: 'cards',
  challenges: 'challenges',
  memberships: 'memberships',
  pools: 'pools',
  sessions: 'sessions',
  draws: 'draws',
} as const satisfies Record<keyof Transitions, string>

export const KEEP = 'keep'

type Found = Omit<Stranding, 'section' | 'id' | 'path'>

export const stranding = (section: Stranding['section'], id: string, path: string, found: Found): Stranding => ({
  section,
  id,
  path,
  ...found,
})

type Named = 'rewards' | 'cards' | 'challenges' | 'memberships' | 'pools'

/** Of what stands under an id. `through` is null where a day is no answer. */
export function givenUp(
  section: Named,
  ids: Iterable<string>,
  after: Program,
  through: string | null,
  who: string,
  asset: string | null = null,
): Stranding[] {
  const kept: ReadonlyMap<string, unknown> = after[section]
  return [...ids].flatMap((id) => {
    if (kept.has(id)) return []
    const loss = `\`${id}\` is given up: what becomes of ${who} is not said`
    const answers = through === null ? [KEEP] : [KEEP, through]
    return [stranding(section, id, `${section}.${id}`, { loss, asset, answers })]
  })
}
