/** What a correction does to one asset of one member. */
export interface Change {
  readonly asset: string
  /** Of what the member has of it: pending, active and held, less debt. */
  readonly change: number
  /** Of what is owed. */
  readonly debt: number
  /** What the program bears of that (COR-3). */
  readonly borne: number
}

/** What it does to a member. */
export interface MemberChange {
  readonly member: string
  readonly facts: number
  readonly changes: readonly Change[]
}

interface Changed {
  readonly members: number
  readonly amount: number
}

type Biggest = Change & { readonly member: string }

interface AssetSummary {
  readonly asset: string
  readonly up: Changed
  readonly down: Changed
  readonly debt: Changed
  readonly borne: Changed
  readonly biggest: readonly Biggest[]
}

/** Of any members; those of others are added to it. */
export interface Summary {
  readonly members: number
  readonly facts: number
  readonly unknown: number
  readonly onTrial: number
  readonly transfers: number
  /** For so many it is as if there were enough of what members share. */
  readonly sharing: number
  /** In the order of their names. */
  readonly assets: readonly AssetSummary[]
}

/** Enough to see whom it hits, and to ask about each. */
const biggestMax = 10

export const nobody: Summary = {
  ...{ members: 0, facts: 0, unknown: 0, onTrial: 0, transfers: 0, sharing: 0 },
  assets: [],
}

export const summaryOf = (
  { member, facts, changes }: MemberChange,
  more: Pick<Summary, 'unknown' | 'onTrial' | 'transfers' | 'sharing'>,
): Summary => ({
  members: 1,
  facts,
  ...more,
  assets: changes
    .map(({ asset, change, debt, borne }) => ({
      asset,
      up: changedBy(change),
      down: changedBy(-change),
      debt: changedBy(debt),
      borne: changedBy(borne),
      biggest: [{ member, asset, change, debt, borne }],
    }))
    .sort((a, b) => (a.asset < b.asset ? -1 : 1)),
})

const changedBy = (amount: number): Changed => (amount > 0 ? { members: 1, amount } : { members: 0, amount: 0 })

/** Of members that are in one of them each. */
export function mergeSummaries(a: Summary, b: Summary): Summary {
  const names = [...new Set([...a.assets, ...b.assets].map(({ asset }) => asset))].sort()
  return {
    members: a.members + b.members,
    facts: a.facts + b.facts,
    unknown: a.unknown + b.unknown,
    onTrial: a.onTrial + b.onTrial,
    transfers: a.transfers + b.transfers,
    sharing: a.sharing + b.sharing,
    assets: names.map((asset) => {
      const both = [a, b].flatMap(({ assets }) => assets.filter((each) => each.asset === asset))
      const sum = (of: 'up' | 'down' | 'debt' | 'borne'): Changed => ({
        members: both.reduce((total, each) => total + each[of].members, 0),
        amount: both.reduce((total, each) => total + each[of].amount, 0),
      })
      const biggest = both.flatMap((each) => each.biggest).sort(compareChanges)
      return {
        ...{ asset, up: sum('up'), down: sum('down'), debt: sum('debt'), borne: sum('borne') },
        biggest: biggest.slice(0, biggestMax),
      }
    }),
  }
}

/** The same ten, however members are divided. */
function compareChanges(a: Biggest, b: Biggest): number {
  return Math.abs(b.change) - Math.abs(a.change) || b.debt - a.debt || (a.member < b.member ? -1 : 1)
}
