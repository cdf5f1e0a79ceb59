import type { Move } from './effect.ts'

interface Group {
  /** The first line seen; it fixes the direction that counts as positive. */
  readonly line: Omit<Move, 'type'>
  /** Of what is told again where that has the line, else of what was there. */
  version: number
  difference: number
}

/**
 * Per cause, rule, pair of accounts and instant what has to be posted on top of `posted` to arrive at `replayed`, in order of
 * instants; a negative difference has its accounts swapped. `posted` may be summed in any way that keeps these keys apart.
 */
export function movesBetween(posted: readonly Omit<Move, 'type'>[], replayed: readonly Move[]): Move[] {
  const groups = new Map<string, Group>()
  for (const total of posted) addTo(groups, total, -total.amount)
  for (const move of replayed) addTo(groups, move, move.amount).version = move.version
  return [...groups.values()]
    .filter((group) => group.difference !== 0)
    .sort((a, b) => a.line.effective - b.line.effective)
    .map(({ line, version, difference }) => ({
      type: 'move',
      cause: line.cause,
      rule: line.rule,
      asset: line.asset,
      from: difference > 0 ? line.from : line.to,
      to: difference > 0 ? line.to : line.from,
      amount: Math.abs(difference),
      effective: line.effective,
      version,
    }))
}

function addTo(groups: Map<string, Group>, line: Omit<Move, 'type'>, amount: number): Group {
  const { cause, rule, asset, from, to, effective } = line
  const pair = from < to ? `${from}>${to}` : `${to}>${from}`
  const key = `${cause}/${rule}/${asset}:${pair}/${effective}`
  const known = groups.get(key)
  const group = known ?? { line, version: line.version, difference: 0 }
  group.difference += group.line.from === line.from ? amount : -amount
  if (known === undefined) groups.set(key, group)
  return group
}
