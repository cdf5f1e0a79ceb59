import { type Change, type LevelChange, movedOf, type OtherChanges } from './changes.ts'

/** What it does to a member. */
export interface MemberChange extends OtherChanges {
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
  readonly pooled: Changed
  /** What lapses on another day than before. */
  readonly moved: Changed
  readonly biggest: readonly Biggest[]
}

/** Of any members; those of others are added to it. */
export interface Summary {
  readonly members: number
  readonly facts: number
  readonly unknown: number
  readonly onTrial: number
  readonly referrals: number
  readonly transfers: number
  /** For so many it is as if there were enough of what members share. */
  readonly sharing: number
  /** In the order of their names. */
  readonly assets: readonly AssetSummary[]
  /** By ladder and level, in the order of their names. */
  readonly levels: readonly (LevelChange & { readonly members: number })[]
  /** By reward, in the order of their names. */
  readonly vouchers: readonly { readonly reward: string; readonly given: number; readonly revoked: number }[]
}

/** Enough to see whom it hits, and to ask about each. */
const biggestMax = 10

export const nobody: Summary = {
  ...{ members: 0, facts: 0, unknown: 0, onTrial: 0, referrals: 0, transfers: 0, sharing: 0 },
  ...{ assets: [], levels: [], vouchers: [] },
}

export const summaryOf = (
  { member, facts, changes, levels, lots, vouchers }: MemberChange,
  more: Pick<Summary, 'unknown' | 'onTrial' | 'referrals' | 'transfers' | 'sharing'>,
): Summary => ({
  members: 1,
  facts,
  ...more,
  assets: [...new Set([...changes, ...lots].map(({ asset }) => asset))].sort().map((asset) => {
    const known = changes.find((each) => each.asset === asset)
    const { change, debt, borne, pooled } = known ?? { change: 0, debt: 0, borne: 0, pooled: 0 }
    return {
      ...{ asset, up: changedBy(change), down: changedBy(-change), debt: changedBy(debt), borne: changedBy(borne) },
      pooled: changedBy(pooled),
      moved: changedBy(movedOf(lots, asset)),
      biggest: known === undefined ? [] : [{ member, ...known }],
    }
  }),
  levels: levels.map((each) => ({ ...each, members: 1 })).sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)),
  vouchers: mergeVouchers(
    vouchers.map(({ reward, becomes }) => ({
      reward,
      given: becomes === 'given' ? 1 : 0,
      revoked: becomes === 'revoked' ? 1 : 0,
    })),
  ),
})

const nameOf = ({ ladder, from, to, kept }: LevelChange): string => JSON.stringify([ladder, from, to, kept])

function mergeLevels(all: Summary['levels']): Summary['levels'] {
  return [...Map.groupBy(all, nameOf)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, [first, ...rest]]) =>
      first === undefined
        ? []
        : [{ ...first, members: rest.reduce((sum, { members }) => sum + members, first.members) }],
    )
}

function mergeVouchers(all: Summary['vouchers']): Summary['vouchers'] {
  return [...Map.groupBy(all, ({ reward }) => reward)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([reward, each]) => ({
      reward,
      given: each.reduce((sum, { given }) => sum + given, 0),
      revoked: each.reduce((sum, { revoked }) => sum + revoked, 0),
    }))
}

const changedBy = (amount: number): Changed => (amount > 0 ? { members: 1, amount } : { members: 0, amount: 0 })

/** Of members that are in one of them each. */
export function mergeSummaries(a: Summary, b: Summary): Summary {
  const names = [...new Set([...a.assets, ...b.assets].map(({ asset }) => asset))].sort()
  return {
    members: a.members + b.members,
    facts: a.facts + b.facts,
    unknown: a.unknown + b.unknown,
    onTrial: a.onTrial + b.onTrial,
    referrals: a.referrals + b.referrals,
    transfers: a.transfers + b.transfers,
    sharing: a.sharing + b.sharing,
    assets: names.map((asset) => {
      const both = [a, b].flatMap(({ assets }) => assets.filter((each) => each.asset === asset))
      const sum = (of: 'up' | 'down' | 'debt' | 'borne' | 'pooled' | 'moved'): Changed => ({
        members: both.reduce((total, each) => total + each[of].members, 0),
        amount: both.reduce((total, each) => total + each[of].amount, 0),
      })
      const biggest = both.flatMap((each) => each.biggest).sort(compareChanges)
      return {
        ...{ asset, up: sum('up'), down: sum('down'), debt: sum('debt'), borne: sum('borne') },
        ...{ pooled: sum('pooled'), moved: sum('moved') },
        biggest: biggest.slice(0, biggestMax),
      }
    }),
    levels: mergeLevels([...a.levels, ...b.levels]),
    vouchers: mergeVouchers([...a.vouchers, ...b.vouchers]),
  }
}

/** The same ten, however members are divided. */
function compareChanges(a: Biggest, b: Biggest): number {
  return Math.abs(b.change) - Math.abs(a.change) || b.debt - a.debt || (a.member < b.member ? -1 : 1)
}
