import type { Card, MemberEvent, OrderContent, Reward, Timeline } from '@laurel/engine'
import { everyone } from '../vectors/program-builder.ts'
import { chosen, contentOf } from './basket.ts'
import { stampAt } from './stamp.ts'
import type { Shared, Step, Told } from './told.ts'

/** Gift cards that are used in part before what gave them is given back. */

const anyCard: Card = {
  ...{ id: 'card', name: {}, asset: 'points', full: 20, repeat: true, audience: everyone },
  awards: [{ type: 'reward', reward: 'gift' }],
}

/** What cards, levels, offers and others award is a gift card, and there is a card. */
export const awardingGiftCards = (timeline: Timeline): Timeline =>
  timeline.map(({ program, ...entry }) => {
    const gift = program.rewards.get('gift')
    if (gift === undefined) return { ...entry, program }
    const given: Reward = { ...gift, kind: { type: 'gift-card', minor: 1000 } }
    const cards = program.cards.size > 0 ? program.cards : new Map([['card', anyCard]])
    return { ...entry, program: { ...program, cards, rewards: new Map([...program.rewards, ['gift', given]]) } }
  })

type Deed = 'use' | 'back' | 'back after all' | 'order' | 'paid order back'

const courses: readonly (readonly Deed[])[] = [
  ['use', 'back', 'use'],
  ['use', 'back', 'back after all', 'use'],
  ['use', 'use', 'back', 'order'],
  ['use', 'back', 'paid order back', 'use'],
  ['use', 'paid order back', 'back', 'back after all'],
  ['use', 'back', 'order', 'back', 'paid order back'],
]

const hour = 3_600_000
const pauses = [0, 1, hour, 30 * hour]

export function cardUsedAndBack(told: Told, each: Step, common: Shared['common'], place: string | null): MemberEvent[] {
  const order = `o${told.count}`
  const content = contentOf(told, each, order, place)
  told.orders.push({ id: order, content, local: common.stamp.local })
  const events: MemberEvent[] = [{ ...common, type: 'order.paid', ...content }]
  for (const [i, deed] of (chosen(courses, each.other + each.share) ?? []).entries()) {
    told.at += chosen(pauses, each.pick + 3 * i) ?? 0
    const later = { ...common, id: `${common.id}-${i}`, stamp: stampAt(told.timeline, told.at, place) }
    events.push(...done(told, { ...each, share: 1 + ((each.share + i) % 12) }, { content, deed, later }))
  }
  return events
}

interface Doing {
  readonly content: OrderContent
  readonly deed: Deed
  readonly later: Shared['common']
}

function done(told: Told, { pick, share, flag }: Step, { content, deed, later }: Doing): MemberEvent[] {
  const { order } = content
  const paidWithIt = `${order}-card`
  switch (deed) {
    case 'use': {
      const voucher = `card/card/${1 + (pick % 3 === 0 ? 1 : 0)}`
      const asked = { orderKey: `shop/${paidWithIt}`, basket: null, amount: 90 * share, answer: null }
      return [{ ...later, type: 'voucher.use', voucher, ...asked }]
    }
    case 'back':
      told.refunds.push({ id: later.id, order })
      return [{ ...later, type: 'refund.made', order, by: 'shop', lines: [], amount: flag ? 40_000 : 900 * share }]
    case 'back after all': {
      const last = told.refunds.at(-1)
      return last === undefined ? [] : [{ ...later, type: 'refund.failed', order: last.order, refund: last.id }]
    }
    case 'order':
      return [{ ...later, type: 'order.paid', ...content, order: `${order}-more` }]
    case 'paid order back': {
      const payments = [{ by: 'gift-card' as const, amount: 500 }]
      const [line] = content.lines
      if (line === undefined) return []
      const lines = [{ ...line, total: 500, tax: 0, discount: 0 }]
      const paid = { ...content, order: paidWithIt, lines, payments, discount: 0, tip: 0, rate: null }
      return [
        { ...later, type: 'order.paid', ...paid, currency: 'USD', shipping: { total: 0, tax: 0 } },
        { ...later, id: `${later.id}-b`, type: 'order.cancelled', order: paidWithIt, by: 'member' },
      ]
    }
  }
}
