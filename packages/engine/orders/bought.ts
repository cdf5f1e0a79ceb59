import type { OrderRecord } from '../member.ts'
import type { Excluded, Program } from '../program/program.ts'
import { inProgramCurrency } from './earnable.ts'
import { eligibleOf, moneyOf, type OrderMoney } from './money.ts'

/** What an order brought, in minor units of the program's currency. */
export interface Bought {
  /** Something of it is left (REF-6). */
  readonly kept: boolean
  /** Paid for goods and kept: tax contained, without shipping and tip, and without what points paid. */
  readonly spend: number
  /** What went back of that. */
  readonly refunded: number
}

const PAID: ReadonlySet<Excluded> = new Set(['tax', 'stored-value'])

/**
 * What a member bought with an order as it stands, whatever it earned. What is put on a gift card is not bought yet: the goods that it
 * pays for are, and the same money would count twice.
 */
export function boughtWith(
  program: Pick<Program, 'currency'>,
  { content, refunds }: Pick<OrderRecord, 'content' | 'refunds'>,
): Bought {
  const paidIn = (money: OrderMoney): number =>
    inProgramCurrency(
      program,
      content,
      money.lines.reduce(
        (sum, line, index) => sum + (content.lines[index]?.kind === 'gift-card' ? 0 : eligibleOf(line, PAID)),
        0,
      ),
    )
  const money = moneyOf(content, refunds)
  const spend = paidIn(money)
  return { kept: !money.full, spend, refunded: Math.max(0, paidIn(moneyOf(content, [])) - spend) }
}
