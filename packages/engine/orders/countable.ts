import type { OrderContent } from '../event.ts'
import type { CountableOrder } from '../goals/contribution.ts'
import type { OrderRecord } from '../member.ts'
import type { Program } from '../program/program.ts'
import { earnedByMember } from '../rules/charity.ts'
import { orderEarnable } from './earnable.ts'
import type { OrderMoney } from './money.ts'
import { situationOf } from './situation.ts'

/** An order as goals see it, by what it found and as it stands; null: it counts for nothing, or for no goal. */
export function countableOrder(
  program: Program,
  { key, found, local, placeLocal }: Pick<OrderRecord, 'key' | 'found' | 'local' | 'placeLocal'>,
  content: OrderContent,
  money: OrderMoney,
  given: readonly { readonly rule: string; readonly asset: string; readonly now: number }[],
): CountableOrder | null {
  const { receipts = [] } = found
  if ((!hasGoals(program) && receipts.length === 0) || money.full || found.away !== null) return null
  const { scope, lines, eligible } = orderEarnable(program, content, money, found, local)
  return {
    type: 'order',
    happening: key,
    scope,
    situation: situationOf(program, content, placeLocal, found),
    local,
    earned: earnedByMember(
      program,
      given.map(({ rule, asset, now }) => ({ rule, asset, amount: now })),
    ),
    receipts,
    lines,
    eligible,
  }
}

const hasGoals = ({ challenges, leaderboards, referral }: Program): boolean =>
  challenges.size > 0 || leaderboards.size > 0 || referral !== null
