import { ownMoney } from './read-order.ts'
import type { StaffStep, Step } from './step.ts'
import type { Words } from './words.ts'

/** An act of staff: a phrase that begins with `staff` and ends with a colon and the reason. */
export function readStaffStep(words: Words): Step {
  const reason = words.reason ?? ''
  if (reason === '')
    words.fail('an act of staff ends with a colon and its reason', 'staff adjusts +50 points: goodwill')
  if (words.take('adjusts')) return adjusts(words, reason)
  if (words.take('extends')) return extendsLots(words, reason)
  if (words.take('reinstates')) return reinstates(words, reason)
  if (words.take('sets tier')) return setsTier(words, reason)
  if (words.take('ends tier'))
    return { type: 'overrides', ladder: onlyLadder(words), level: null, endsOn: null, reason }
  if (words.take('accepts refund')) return acceptsRefund(words, reason)
  if (words.take('freezes')) return { type: 'freezes', frozen: true, reason }
  if (words.take('unfreezes')) return { type: 'freezes', frozen: false, reason }
  if (words.take('undoes merge')) return { type: 'merge-undone', reason }
  if (words.take('approves referral of')) return reviewed(words, true, reason)
  if (words.take('rejects referral of')) return reviewed(words, false, reason)
  words.fail(
    'staff does nothing like this',
    'staff adjusts, extends, reinstates, sets tier, ends tier, accepts refund, freezes, unfreezes, undoes merge, approves or rejects referral of',
  )
}

const reviewed = (words: Words, approved: boolean, reason: string): Step => ({
  type: 'referral-reviewed',
  other: words.next('a name', 'staff approves referral of Ben: known to us'),
  approved,
  reason,
})

function adjusts(words: Words, reason: string): StaffStep {
  const sign = words.peek()[0] ?? ''
  const example = 'staff adjusts +50 points: goodwill'
  if (sign !== '+' && sign !== '-') words.fail('an amount with + or - must come here', example)
  const { asset, units } = words.amount(sign)
  return { type: 'adjusts', asset, units: sign === '-' ? -units : units, reason }
}

function extendsLots(words: Words, reason: string): StaffStep {
  const { id } = words.asset()
  return { type: 'extends', asset: id, ...daysIn(words), reason }
}

function reinstates(words: Words, reason: string): StaffStep {
  return { type: 'reinstates', ...words.amount(), ...daysIn(words), reason }
}

function daysIn(words: Words) {
  const example = 'staff extends points from 2026-03-31 to 2026-06-30: goodwill'
  words.expect('from', example)
  const lastDay = words.date()
  words.expect('to', example)
  return { lastDay, newLastDay: words.date() }
}

function setsTier(words: Words, reason: string): StaffStep {
  const { ladder, level } = tierIn(words)
  return { type: 'overrides', ladder, level, endsOn: words.take('until') ? words.date() : null, reason }
}

/** `gold`, or `standing/gold` where two ladders have a level of that name. */
function tierIn(words: Words): { readonly ladder: string; readonly level: string } {
  const all = words.program.ladders.flatMap(({ id, levels }) =>
    levels.map((level) => ({ ladder: id, level: level.id })),
  )
  const names = all.map(({ ladder, level }) => {
    const isShared = all.some((other) => other.level === level && other.ladder !== ladder)
    return isShared ? `${ladder}/${level}` : level
  })
  const index = names.indexOf(words.known('level', names))
  return all[index] ?? { ladder: '', level: '' }
}

function onlyLadder(words: Words): string {
  const { ladders } = words.program
  const [first, ...others] = ladders
  if (first === undefined) words.fail('the program has no tiers', 'leave the row out')
  if (words.isOver && others.length === 0) return first.id
  return words.known(
    'ladder',
    ladders.map(({ id }) => id),
  )
}

function acceptsRefund(words: Words, reason: string): StaffStep {
  const refund = words.next('the refund', 'staff accepts refund f1 order 1: receipt seen')
  let order: string | null = null
  let amount: number | null = null
  words.clauses({
    order: () => {
      order = words.next('the order', 'order 1')
    },
    amount: () => {
      amount = ownMoney(words)
    },
  })
  return { type: 'accepts-refund', refund, order, amount, reason }
}
