import type { DocumentText } from '../document/document.ts'
import type { OfferText, ReferralText } from '../document/offers.ts'
import type { Named } from '../list-shape.ts'
import { inOwnWords } from '../own-words.ts'
import type { Reading } from '../shape.ts'
import { childOf } from '../syntax-tree.ts'
import { checkAudience } from './audience.ts'
import { checkBudget, checkHoldout, checkTimesCap } from './bounds.ts'
import type { Gifts } from './gifts.ts'
import { checkGoal } from './goals.ts'
import { daysOf } from './program-level.ts'
import { remark } from './remark.ts'

export function checkOffers(
  offers: readonly Named<OfferText>[],
  document: DocumentText,
  gifts: Gifts | null,
  reading: Reading,
): void {
  for (const { id, value: offer } of offers) {
    const { tree, sendTo } = offer
    checkHoldout(offer.holdout, tree, reading)
    if (sendTo !== null) {
      checkAudience(sendTo.for, sendTo.tree, reading)
      if (sendTo.for === null && sendTo.when === null) {
        const message = 'It is sent to every member'
        const instead = `Add \`for\` or \`when\`, or leave \`sendTo\` out and send it to whom you choose`
        remark(reading, 'note', [tree, 'sendTo'], 'send-to-everyone', message, instead)
      }
    }
    if (offer.type !== 'goal') continue
    // A receipt in the middle of a day has parts of two days.
    checkGoal(offer.goal, daysOf(offer.window.length).most + 1, document, gifts, reading)
    if (offer.budget !== null) checkBudget(offer.budget, offer.give, true, reading)
    if (offer.exclusive === 'yes') checkExclusive(id, offer, offers, reading)
  }
}

type GoalOffer = Extract<OfferText, { type: 'goal' }>

/** OFF-3: also an order that only adds to its progress is taken from the others, and nobody is told. */
function checkExclusive(
  id: string,
  { goal, tree }: GoalOffer,
  offers: readonly Named<OfferText>[],
  reading: Reading,
): void {
  const starved = offers.flatMap(({ id: other, value }) =>
    other !== id && value.type === 'goal' && countTogether(goal, value.goal) ? [`\`${other}\``] : [],
  )
  if (starved.length === 0) return
  const message = `What counts for \`${id}\` counts for no other offer, also before it is done: ${starved.join(', ')} would get nothing of it`
  const instead = 'Leave it out, or do not send these to members who have it'
  remark(reading, 'note', [tree, 'exclusive'], 'offer-starves', message, instead)
}

function countTogether(a: GoalOffer['goal'], b: GoalOffer['goal']): boolean {
  const apart = (some: readonly string[] | null, others: readonly string[] | null) =>
    some !== null && others !== null && !some.some((each) => others.includes(each))
  return (
    countedBy[a.type].some((each) => countedBy[b.type].includes(each)) &&
    !apart(a.channels, b.channels) &&
    !apart(a.places, b.places)
  )
}
const countedBy: Readonly<Record<GoalOffer['goal']['type'], readonly ('order' | 'activity')[]>> = {
  spend: ['order'],
  order: ['order'],
  orders: ['order'],
  items: ['order'],
  visits: ['order', 'activity'],
  activities: ['activity'],
  earned: ['order', 'activity'],
  referrals: [],
}

export function checkReferral(
  referral: ReferralText,
  document: DocumentText,
  gifts: Gifts | null,
  reading: Reading,
): void {
  const { tree, friend, advocate, goal, hold } = referral
  const isSaid = ['friend', 'advocate'].some((key) => childOf(tree, key) !== undefined)
  if (friend === null && advocate === null && !isSaid) {
    const message = 'Neither the friend nor the member who brought the friend gets anything'
    remark(
      reading,
      'error',
      [tree],
      'referral-empty',
      message,
      `Add \`friend\`, \`advocate\` or both, and what they get, for instance \`friend: ${inOwnWords('100 points', reading.names)}\``,
    )
  }
  if (goal.type === 'referrals') {
    const message = 'A friend would have to bring friends to count as one'
    remark(
      reading,
      'error',
      [tree, 'goal'],
      'referral-goal',
      message,
      `Ask for something to buy, for instance ${inOwnWords('{ order: { atLeast: 30.00 USD } }', reading.names)}`,
    )
  } else checkGoal(goal, null, document, gifts, reading)
  if (referral.cap !== null) checkTimesCap(referral.cap, 'A friend', () => '', reading)
  const pending = Math.max(0, ...(document.assets ?? []).map(({ value }) => pendingDays(value.pending)))
  if (daysOf(hold).least < pending) {
    const message = `Both are thanked after ${daysOf(hold).least} days, while points wait ${pending} days for goods to come back`
    remark(reading, 'warning', [tree, 'hold'], 'hold-too-short', message, `Write P${pending + 1}D or longer`)
  }
}

type Pending = NonNullable<DocumentText['assets']>[number]['value']['pending']
const pendingDays = (pending: Pending): number => (pending?.type === 'period' ? daysOf(pending.period).most : 0)
