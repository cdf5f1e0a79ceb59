import type { Balance } from '@laurel/contract'
import type { Timeline } from '@laurel/engine'
import { type AssetBalances, balanceOf } from '@laurel/ledger'

/**
 * Every asset that the version declares, also where nothing is there, and every other one of which something is. Of which assets
 * the books hold a row depends on what arrived when, and is nobody's concern (EVT-2).
 */
export function balancesOf(held: readonly AssetBalances[], timeline: Timeline, version: number | null): Balance[] {
  const program = timeline.find((entry) => entry.program.version === version)?.program
  const declared = program?.assets.map(({ id }) => id) ?? []
  const others = held.filter((balance) => !declared.includes(balance.asset) && isAnything(balance))
  return [...declared.map((asset) => ({ ...balanceOf(held, asset), asset })), ...inProgramOrder(timeline, others)].map(
    ({ asset, pending, active, held, debt }) => ({ asset, pending, active, held, debt }),
  )
}

const isAnything = ({ pending, active, held, debt }: AssetBalances): boolean =>
  pending !== 0 || active !== 0 || held !== 0 || debt !== 0

/** By asset as the last version lists them, then those of earlier ones. */
export function inProgramOrder<Of extends { readonly asset: string }>(timeline: Timeline, items: readonly Of[]): Of[] {
  const ids = [...new Set(timeline.toReversed().flatMap(({ program }) => program.assets.map(({ id }) => id)))]
  return items.toSorted((a, b) => ids.indexOf(a.asset) - ids.indexOf(b.asset))
}
