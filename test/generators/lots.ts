import { addToDay, DAY_MS, dayOf, endOfUnit, type LocalDay, type LocalTime, type MemberEvent } from '@laurel/engine'
import { contentOf } from './basket.ts'
import { stampAt } from './stamp.ts'
import type { Shared, Step, Told } from './told.ts'

/** Acts of staff on lots (LOT-6): of points that were just given, whose end is known, or of what an order may have given. */
export function actOnLots(told: Told, each: Step, { common, staff, order }: Shared): MemberEvent[] {
  const { flag, share, kind } = each
  const local = flag || order === null ? common.stamp.local : order.local
  const lastDay = lastDayOf(told, local)
  const gift = {
    ...staff,
    id: `${staff.id}-g`,
    type: 'points.adjusted',
    asset: 'points',
    amount: 25,
    answer: null,
  } as const
  const given: MemberEvent[] = flag ? [gift] : []
  const wait = lastDay + 1 - dayOf(local)
  if (kind === 'extend') {
    const held = each.pick % 2 === 0 ? [holdSome(told, each, common)] : []
    const moved = { asset: 'points', lastDay, newLastDay: lastDay + share - 3, answer: null }
    const isLate = each.other < 4 && wait < share
    const stamp = atOnce(told, isLate ? wait * DAY_MS : 1)
    return [...given, ...held, { ...staff, stamp, type: 'lots.extended', ...moved }]
  }
  const stamp = atOnce(told, flag && wait < waitMost ? wait * DAY_MS : 1)
  const back = { asset: 'points', lastDay, amount: share * 5, newLastDay: dayOf(stamp.local) + share - 2, answer: null }
  return [...given, { ...staff, stamp, type: 'lots.reinstated', ...back }]
}

/** Staff see to what an order gave, on its last day or after it; now and then some of its money was back by then. */
export function orderAndItsLots(told: Told, each: Step, { common, staff }: Shared): MemberEvent[] {
  const { flag, share, other } = each
  const order = `o${told.count}`
  const content = contentOf(told, each, order, null)
  const { stamp } = common
  told.orders.push({ id: order, content, local: stamp.local })
  const bought: MemberEvent = { ...common, type: 'order.paid', ...content }
  const lastDay = lastDayOf(told, stamp.local + pendingMs(told, stamp.local))
  const wait = lastDay + (flag ? 1 : 0) - dayOf(stamp.local)
  if (wait > waitMost) return [bought]
  const back = { ...common, id: `back-${told.count}`, stamp: atOnce(told, 1), order, lines: [], amount: 100 * share }
  const refunded: MemberEvent = { ...back, type: 'refund.made', by: flag ? 'member' : 'shop' }
  const later = { ...staff, stamp: atOnce(told, Math.max(wait * DAY_MS, 1)), asset: 'points', lastDay, answer: null }
  const newLastDay = Math.max(lastDay, dayOf(later.stamp.local)) + share
  const act: MemberEvent = flag
    ? { ...later, type: 'lots.reinstated', amount: share * 10, newLastDay }
    : { ...later, type: 'lots.extended', newLastDay }
  return other < 6 ? [bought, refunded, act] : [bought, act]
}

/** How long points wait, where they wait for a time. */
function pendingMs({ timeline }: Told, local: LocalTime): number {
  const pending = timeline[0]?.program.assets.find(({ id }) => id === 'points')?.pending
  if (pending?.type !== 'period') return 0
  return (addToDay(dayOf(local), pending.period) - dayOf(local)) * DAY_MS
}

/** Some of what is there is reserved when the rest is extended, now and then beyond its day. */
function holdSome(told: Told, { other, share }: Step, common: Shared['common']): MemberEvent {
  const redemption = `r${told.count}-x`
  told.redemptions.push(redemption)
  const until = stampAt(told.timeline, told.at + share * DAY_MS)
  const asked = { redemption, reward: 'any', points: 5 + (other % 4) * 5, until: { at: until.at, local: until.local } }
  return { ...common, id: `${common.id}-x`, type: 'redemption.reserve', ...asked, answer: null }
}

/** Whoever waits for years leaves nothing for the rest of the history. */
const waitMost = 40

function atOnce(told: Told, laterMs: number) {
  told.at += laterMs
  return stampAt(told.timeline, told.at)
}

/** Of points that became active then, where their asset lives by days or goes by inactivity; else that very day. */
function lastDayOf({ timeline }: Told, local: LocalTime): LocalDay {
  const day = dayOf(local)
  const expiry = timeline[0]?.program.assets.find(({ id }) => id === 'points')?.expiry
  switch (expiry?.type) {
    case 'life': {
      const last = addToDay(day, expiry.life)
      return expiry.endOf === null ? last : endOfUnit(last, expiry.endOf) - 1
    }
    case 'inactive':
      return addToDay(day, expiry.idle)
    case 'date':
    case 'anniversary':
    case 'never':
    case undefined:
      return day
  }
}
