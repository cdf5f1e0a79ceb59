import type { GivingRule, Multiplier, Program } from '@laurel/engine'
import type { Book } from './book.ts'
import { isDrawn } from './drawn.ts'
import type { Found } from './records.ts'

/** EXP-1: who is held out of what. */

type Share = Program['messagesHoldout']

/** Whether something is not there for the member; the first time decides, and stands whatever the share becomes. */
export function isHeldOut({ chance, arms, footing }: Book, experiment: string, share: Share): boolean {
  if (share === null || footing.mark !== null) return false
  const known = arms.get(experiment)
  if (known !== undefined || chance === null) return known ?? false
  const isOut = isDrawn(chance, experiment, share)
  arms.set(experiment, isOut)
  return isOut
}

/** EXP-1: what an order meets it remembers, either way. */
export const met =
  (book: Book, { heldOut, treated }: Pick<Found, 'heldOut' | 'treated'>) =>
  (rule: GivingRule | Multiplier) => {
    if (treated.has(rule.id)) return false
    const isOut = isHeldOut(book, `rule:${rule.id}`, rule.holdout)
    if (rule.holdout !== null) (isOut ? heldOut : treated).add(rule.id)
    return isOut
  }
