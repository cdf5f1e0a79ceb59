import {
  dayText,
  type Effect,
  type LevelOf,
  type Member,
  type Program,
  type VersionCorrected,
  type VoucherState,
  voucherOf,
} from '@laurel/engine'

/** What a correction does to one asset of one member. */
export interface Change {
  readonly asset: string
  /** Of what the member has of it: pending, active and held, less debt. */
  readonly change: number
  /** Of what is owed. */
  readonly debt: number
  /** What the program bears of that (COR-3). */
  readonly borne: number
  /** What goes back out of pools, so that it is not owed. */
  readonly pooled: number
}

/** On one ladder. */
export interface LevelChange {
  readonly ladder: string
  /** Null: on none that anybody had looked at. */
  readonly from: string | null
  readonly to: string
  /** By the facts it would be less: the version promises it (TRN-4). */
  readonly kept: boolean
}

/** More of an asset, or less, ends on a day. */
export interface LotChange {
  readonly asset: string
  /** A day, `never` or `inactivity`. */
  readonly lastDay: string
  readonly change: number
}

export interface VoucherChange {
  readonly voucher: string
  readonly reward: string
  readonly becomes: 'given' | 'revoked'
}

/** What changes beside amounts. */
export interface OtherChanges {
  readonly levels: readonly LevelChange[]
  /** Of assets of which some lapses on another day than before. */
  readonly lots: readonly LotChange[]
  readonly vouchers: readonly VoucherChange[]
}

export const nothingElse: OtherChanges = { levels: [], lots: [], vouchers: [] }

/** Of what is shown: the member as time alone would leave it, and as the correction does. */
export function changesBetween(
  before: Member,
  after: Member,
  { borne = [], claimed = [] }: Pick<VersionCorrected, 'borne' | 'claimed'>,
): Change[] {
  const of = (amounts: typeof claimed, asset: string) => amounts.find((each) => each.asset === asset)?.amount ?? 0
  return after.assets.flatMap(({ asset, pending, active, held, debt }): Change[] => {
    const was = before.assets.find((state) => state.asset === asset)
    const standing = was === undefined ? 0 : was.pending + was.active + was.held - was.debt
    const change = pending + active + held - debt - standing
    const owed = debt - (was?.debt ?? 0)
    const changed = { asset, change, debt: owed, borne: of(borne, asset), pooled: of(claimed, asset) }
    return isNothing(changed) ? [] : [changed]
  })
}

export const isNothing = ({ change, debt, borne, pooled }: Omit<Change, 'asset'>): boolean =>
  change === 0 && debt === 0 && borne === 0 && pooled === 0

/**
 * From the effects of a correction's decision, and what a member had of vouchers before it. Whoever is where everybody begins, on a
 * ladder of `program` that nobody had looked at, has come to no level.
 */
export function otherChanges(
  before: VoucherState,
  effects: readonly Effect[],
  kept: readonly LevelOf[],
  { ladders }: Pick<Program, 'ladders'>,
): OtherChanges {
  const lowestOf = (ladder: string) => ladders.find(({ id }) => id === ladder)?.levels[0]?.id
  return {
    levels: [
      ...effects.flatMap((effect): LevelChange[] => {
        if (effect.type !== 'tier' || (effect.from ?? lowestOf(effect.ladder)) === effect.to) return []
        return [{ ladder: effect.ladder, from: effect.from, to: effect.to, kept: false }]
      }),
      ...kept.map(({ ladder, level }) => ({ ladder, from: level, to: level, kept: true })),
    ],
    lots: lotsIn(effects),
    vouchers: effects.flatMap((effect): VoucherChange[] => {
      if (effect.type !== 'voucher') return []
      const { id: voucher, reward, status } = effect.voucher
      const was = voucherOf(before, voucher)?.status
      if (was === status) return []
      if (status === 'revoked') return [{ voucher, reward, becomes: 'revoked' }]
      return was === undefined || was === 'revoked' ? [{ voucher, reward, becomes: 'given' }] : []
    }),
  }
}

function lotsIn(effects: readonly Effect[]): LotChange[] {
  const byEnd = new Map<string, LotChange>()
  for (const effect of effects) {
    if (effect.type !== 'lot') continue
    const { asset, lastDay: end, change } = effect
    const lastDay = end === 'never' ? 'never' : typeof end === 'number' ? dayText(end) : 'inactivity'
    const known = byEnd.get(`${asset}/${lastDay}`)?.change ?? 0
    byEnd.set(`${asset}/${lastDay}`, { asset, lastDay, change: known + change })
  }
  const lots = [...byEnd.values()].filter(({ change }) => change !== 0)
  return lots
    .filter(({ asset }) => movedOf(lots, asset) > 0)
    .sort((a, b) => (a.asset === b.asset ? (a.lastDay < b.lastDay ? -1 : 1) : a.asset < b.asset ? -1 : 1))
}

/** How much of an asset ends on another day than before; what is more or less in all is none of it. */
export function movedOf(lots: readonly LotChange[], asset: string): number {
  const changes = lots.flatMap((lot) => (lot.asset === asset ? [lot.change] : []))
  const sum = (sign: 1 | -1) => changes.reduce((total, change) => total + Math.max(0, sign * change), 0)
  return Math.min(sum(1), sum(-1))
}
