import { type AssetTransition, convertedOf, type Member, type Program, type Timeline } from '@laurel/engine'

/** An asset that the version which corrects declares no longer, and by which version it was given up first. */
interface GivenUp {
  readonly asset: string
  readonly transition: AssetTransition
  readonly version: number
  /** From when on nothing was given of it: before that version was published, another one judged. */
  readonly since: number
}

export function givenUpBy(timeline: Timeline, { assets: declared }: Program): GivenUp[] {
  const known = new Map<string, GivenUp>()
  for (const { program, fromAt, publishedAt } of timeline) {
    for (const [asset, transition] of program.transitions.assets) {
      const isDeclared = [...declared, ...program.assets].some(({ id }) => id === asset)
      if (isDeclared || known.has(asset)) continue
      known.set(asset, { asset, transition, version: program.version, since: Math.max(fromAt, publishedAt) })
    }
  }
  return [...known.values()]
}

/**
 * Assets of which a correction would take from a member what they were promised when those were given up (TRN-2, TRN-3): by the
 * version that corrects its facts give nothing of them. Where the one that gave it up is itself to have judged, what it gives in
 * its place counts for it.
 */
export function takenOf(givenUp: readonly GivenUp[], version: number, before: Member, after: Member): string[] {
  return givenUp.flatMap(({ asset, transition, version: first }) => {
    if (hadOf(after, asset) >= hadOf(before, asset)) return []
    const isMadeUpFor =
      version === first &&
      transition.type === 'convert' &&
      standingOf(after, transition.to) >= standingOf(before, transition.to)
    return isMadeUpFor ? [] : [asset]
  })
}

/** What is there of it, and what of it has become something else. */
const hadOf = (member: Member, asset: string): number => standingOf(member, asset) + convertedOf(member, asset)

function standingOf({ assets }: Member, asset: string): number {
  const { pending = 0, active = 0, held = 0, debt = 0 } = assets.find((state) => state.asset === asset) ?? {}
  return pending + active + held - debt
}

/** Why such a correction is not shown, and what to do instead; null: it takes nothing of that kind. */
export function refusalOf(givenUp: readonly GivenUp[], members: ReadonlyMap<string, number>): string | null {
  const taken = givenUp.filter(({ asset }) => members.has(asset))
  if (taken.length === 0) return null
  const each = taken.map(({ asset, version }) => {
    const count = members.get(asset) ?? 0
    return `from ${count} ${count === 1 ? 'member' : 'members'} what version ${version} promised for "${asset}" when it gave that up`
  })
  const last = new Date(Math.max(...taken.map(({ since }) => since))).toISOString()
  return (
    `it would take ${each.join(', and ')}: the version that corrects knows no rule that gives it. ` +
    `Correct from ${last} on, when that began, and put right by adjustments what lies before`
  )
}
