import { decide } from '../decide.ts'
import type { RedemptionReserve } from '../event.ts'
import type { Member } from '../member.ts'
import { assetOf } from '../points/asset-state.ts'
import type { Timeline } from '../program/program.ts'
import { currentPool } from './belonging.ts'

export interface Paying {
  readonly pool: string
  readonly asset: string
  readonly amount: number
}

/**
 * The pool that pays for a reservation, and how much. A member's own points come first, unless the pool is asked for; one wallet
 * pays the whole price. Null: the member does, or is refused; `none`: a pool is asked for, and there is none that could pay. Pure,
 * as a preview: nothing is decided by it.
 */
export function payingPool(
  timeline: Timeline,
  member: Member,
  event: RedemptionReserve,
  from: 'own' | 'pool' | null,
): Paying | 'none' | null {
  const belonging = currentPool(member)
  if (!belonging || from === 'own') return from === 'pool' ? 'none' : null
  const { answer, member: after } = decide(timeline, member, event)
  if (answer === null) return null
  const { pool, asset } = belonging
  if (answer.granted) {
    if (from !== 'pool') return null
    return answer.asset === asset ? { pool, asset, amount: answer.amount } : 'none'
  }
  const { code, shortBy } = answer.refusal
  if (code !== 'short' || shortBy === null || priceAssetOf(timeline, event) !== asset) return null
  return { pool, asset, amount: shortBy + assetOf(after, asset).active }
}

function priceAssetOf(timeline: Timeline, { reward, stamp }: RedemptionReserve): string | null {
  const program = timeline.find((entry) => entry.program.version === stamp.version)?.program
  const price = program?.rewards.get(reward)?.price
  return price == null || price.type === 'free' ? null : price.asset
}
