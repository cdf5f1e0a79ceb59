import type { CalendarUnit, LocalDay, LocalTime, MemberEvent, Period, Position, TimePassed } from '@laurel/engine'

/** TIME: civil dates by the platform's own calendar, and the tidy order of TIME-3. */

const dayMs = 24 * 60 * 60 * 1000

export const dayAt = (local: LocalTime): LocalDay => Math.floor(local / dayMs)
export const midnightOf = (day: LocalDay): LocalTime => day * dayMs

const dateOf = (day: LocalDay): Date => new Date(day * dayMs)
const dayOfDate = (year: number, month: number, day: number): LocalDay => Date.UTC(year, month, day) / dayMs

/** Months first, held to the last day of the month reached, then days (TIME-1). */
export function dayAfter(day: LocalDay, period: Period, count = 1): LocalDay {
  const date = dateOf(day)
  const month = date.getUTCMonth() + period.months * count
  const lastOfMonth = new Date(Date.UTC(date.getUTCFullYear(), month + 1, 0)).getUTCDate()
  return dayOfDate(date.getUTCFullYear(), month, Math.min(date.getUTCDate(), lastOfMonth)) + period.days * count
}

export const timeAfter = (local: LocalTime, period: Period, count = 1): LocalTime =>
  midnightOf(dayAfter(dayAt(local), period, count)) + (local - midnightOf(dayAt(local))) + period.ms * count

export function unitStart(day: LocalDay, unit: CalendarUnit): LocalDay {
  const date = dateOf(day)
  switch (unit) {
    case 'day':
      return day
    case 'week':
      return day - ((date.getUTCDay() + 6) % 7) // Sunday is 0 there, weeks begin on Monday
    case 'month':
      return dayOfDate(date.getUTCFullYear(), date.getUTCMonth(), 1)
    case 'quarter':
      return dayOfDate(date.getUTCFullYear(), Math.floor(date.getUTCMonth() / 3) * 3, 1)
    case 'year':
      return dayOfDate(date.getUTCFullYear(), 0, 1)
  }
}

/** First day after the unit: walked to, day by day. */
export function unitEnd(day: LocalDay, unit: CalendarUnit): LocalDay {
  const start = unitStart(day, unit)
  let end = start + 1
  while (unitStart(end, unit) === start) end++
  return end
}

export const weekday = (day: LocalDay): number => (dateOf(day).getUTCDay() + 6) % 7

/** The first `month`/`day` on or after `from`; 29 February is kept on the last day of February. */
export function firstDateFrom(from: LocalDay, month: number, day: number): LocalDay {
  for (let year = dateOf(from).getUTCFullYear(); ; year++) {
    const lastOfMonth = new Date(Date.UTC(year, month, 0)).getUTCDate()
    const found = dayOfDate(year, month - 1, Math.min(day, lastOfMonth))
    if (found >= from) return found
  }
}

/** The last `month`/`day` on or before `to`. */
export function lastDateUntil(to: LocalDay, month: number, day: number): LocalDay {
  const date = dateOf(to)
  const inYear = firstDateFrom(dayOfDate(date.getUTCFullYear(), 0, 1), month, day)
  return inYear <= to ? inYear : firstDateFrom(dayOfDate(date.getUTCFullYear() - 1, 0, 1), month, day)
}

/** Anniversaries of `joined`, 29 February on the 28th in other years. */
export function firstAnniversaryFrom(joined: LocalDay, from: LocalDay): LocalDay {
  for (let years = 1; ; years++) {
    const found = dayAfter(joined, { months: 12, days: 0, ms: 0 }, years)
    if (found >= from) return found
  }
}

export type Recorded = Exclude<MemberEvent, TimePassed>

function rank(event: Recorded): number {
  switch (event.type) {
    case 'member.joined':
    case 'member.changed':
    case 'member.birthday':
    case 'member.anniversary':
    case 'membership.started':
    case 'membership.renewed':
    case 'membership.failed':
    case 'membership.cancelled':
    case 'offer.sent':
    case 'offer.seen':
    case 'member.frozen':
    case 'member.left':
    case 'member.erased':
    case 'seat.offered':
    case 'seat.called-off':
    case 'award.won':
    case 'points.adjusted':
    case 'lots.extended':
    case 'lots.reinstated':
    case 'tier.overridden':
    case 'refund.accepted':
    case 'debt.waived':
    case 'voucher.revoked':
    case 'gift.received':
    case 'gift.returned':
    case 'pool.told':
    case 'referral.claim':
    case 'referral.suspected':
    case 'referral.reviewed':
    case 'referral.qualified':
    case 'referral.reversed':
    case 'member.merged':
    case 'merge.received':
    case 'merge.undone':
    case 'version.corrected':
      return 5
    case 'order.placed':
    case 'order.paid':
    case 'order.edited':
    case 'activity':
    case 'benefit.used':
      return 6
    case 'order.delivered':
      return 7
    case 'order.cancelled':
    case 'refund.made':
    case 'refund.failed':
    case 'payment.disputed':
      return 8
    case 'redemption.reserve':
    case 'gift.send':
    case 'pool.asked':
      return 9
    case 'redemption.cancel':
      return 10
    case 'redemption.confirm':
      return 11
    case 'voucher.use':
    case 'voucher.restore':
    case 'voucher.return':
    case 'voucher.give':
      return 12
  }
}

const key = (event: Recorded): Position => [event.stamp.at, rank(event), event.source, event.id]

export function tidy(events: readonly Recorded[]): Recorded[] {
  return [...events].sort((one, other) => {
    const [a, b] = [key(one), key(other)]
    for (const i of [0, 1, 2, 3] as const) {
      if (a[i] < b[i]) return -1
      if (a[i] > b[i]) return 1
    }
    return 0
  })
}
