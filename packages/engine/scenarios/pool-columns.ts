import { decimalText } from '../program/currency.ts'
import type { Program } from '../program/program.ts'
import { type Column, numberIn, wholeCell } from './column.ts'
import { scaleOf } from './outcomes.ts'

/** What is in a pool (POOL-1), by the asset that it holds. */
export interface PoolStanding {
  readonly asset: string
  readonly active: number
  readonly members: number
}

export const poolColumnNames = ['points', 'members'] as const

/** `points` whatever the asset is called: a pool holds one. */
export function poolColumn(name: string, program: Program): Column<PoolStanding> | null {
  if (name === 'members') return { name, canonical: wholeCell, actual: ({ members }) => String(members) }
  if (name !== 'points') return null
  const [first] = program.pools.values()
  const scale = first === undefined ? 0 : scaleOf(program, first.asset)
  return {
    name,
    canonical: (text) => numberIn(text, scale),
    actual: (pool) => decimalText(pool.active, scaleOf(program, pool.asset)),
  }
}
