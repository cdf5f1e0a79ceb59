import type { EventToSend } from '@laurel/contract'
import type {
  MembershipAct,
  OrderStep,
  ProfileStep,
  Program,
  RefundStep,
  ReserveStep,
  Row,
  VoucherStanding,
} from '@laurel/engine'
import { addToTime, type JoinStep, type LocalTime } from '@laurel/engine'
import { type Act, type OrderToSend, type Referred, type Sent, scenarioSource } from './sent.ts'

/** What a scenario calls something, and what the interface knows it by. */
export interface Names {
  /** Orders as they were last told, for a refund of everything. */
  readonly orders: Map<string, OrderStep>
  /** What told of each order last. */
  readonly told: Map<string, EventToSend>
  /** Events of refunds and the order that they name. */
  readonly refunds: Map<string, { readonly id: string; readonly order: string | null }>
  /** Items that came back and did not fail to, for a refund of all that is left. */
  cameBack: readonly { readonly id: string; readonly order: string; readonly line: string; readonly items: number }[]
  /** Who was referred by whom, and when. */
  readonly referred: { readonly advocate: string; readonly when: LocalTime }[]
  /** Seats that were asked for, and under which id. */
  readonly seats: Map<string, { readonly reward: string; readonly session: string; readonly redemption: string }>
  /** Of those, the ones that are reserved and not confirmed. */
  readonly held: Set<string>
  readonly disputes: Map<string, { readonly order: string; readonly amount: number }>
}
export const newNames = (): Names => ({
  orders: new Map(),
  told: new Map(),
  seats: new Map(),
  held: new Set(),
  referred: [],
  refunds: new Map(),
  cameBack: [],
  disputes: new Map(),
})

/** A row that cannot be sent: what is wrong with it, and what would be right. */
export class CannotSend extends Error {
  readonly instead: string
  constructor(message: string, instead: string) {
    super(message)
    this.instead = instead
  }
}

/** What is sent for a row that happens at an instant (ISO 8601). Notes in `names` what later rows may name. */
export function sentFor({ number, when, who, step }: Row, occurredAt: string, names: Names, program: Program): Sent {
  const member = memberIdOf(who)
  const id = `row-${String(number).padStart(4, '0')}`
  const sent = { id, source: scenarioSource, member, occurredAt }
  const event = (toSend: EventToSend): Sent => ({ type: 'event', event: toSend })
  const act = (reason: string, what: Act): Sent => ({ type: 'act', member, id, reason, act: what })
  switch (step.type) {
    case 'order': {
      const order = orderOf(step, step.order ?? id)
      if (step.act === 'would-buy') return { type: 'preview', member, order }
      names.orders.set(order.id, step)
      const type = { buys: 'order.paid', places: 'order.placed', edits: 'order.edited' } as const
      const told: EventToSend = { type: type[step.act], ...sent, order }
      names.told.set(order.id, told)
      return event(told)
    }
    case 'reported-again':
      return event(namedIn(names.told, step.order, 'order'))
    case 'delivered':
      return event({
        ...{ type: 'order.delivered', ...sent, order: step.order },
        lines: step.lines.map(({ line, items }) => ({ line, quantity: items })),
      })
    case 'cancelled':
      return event({ type: 'order.cancelled', ...sent, order: step.order, by: step.by })
    case 'refund': {
      const { order, by } = step
      if (step.as !== null) names.refunds.set(step.as, { id, order })
      const refunded = refundedOf(step, names)
      if (order !== null && 'lines' in refunded) {
        const cameBack = refunded.lines.map(({ line, quantity }) => ({ id, order, line, items: quantity ?? 0 }))
        names.cameBack = [...names.cameBack, ...cameBack]
      }
      return event({ type: 'refund.made', ...sent, order, by, ...refunded })
    }
    case 'refund-failed': {
      const refund = namedIn(names.refunds, step.refund, 'refund')
      if (refund.order === null)
        throw new CannotSend(`the refund ${step.refund} names no order`, 'refunds order 1 as f1')
      names.cameBack = names.cameBack.filter((known) => known.id !== refund.id)
      return event({ type: 'refund.failed', ...sent, order: refund.order, refund: refund.id })
    }
    case 'disputed':
      names.disputes.set(step.dispute, { order: step.order, amount: step.amount })
      return event({ type: 'payment.disputed', ...sent, ...disputeOf(step), status: 'opened' })
    case 'dispute-won': {
      const { dispute } = step
      const known = namedIn(names.disputes, dispute, 'dispute')
      return event({ type: 'payment.disputed', ...sent, ...disputeOf({ ...known, dispute }), status: 'won' })
    }
    case 'activity': {
      const { name, facts, place, channel } = step
      return event({ type: `activity.${name}`, ...sent, place, channel, facts })
    }
    case 'joins':
      return { type: 'join', member, id, referral: referredIn(step, when, names, program) }
    case 'profile': {
      const { change } = step
      if (change.of === 'birthday-comes') return event({ type: 'member.birthday', ...sent })
      if (change.of === 'anniversary-comes') return event({ type: 'member.anniversary', ...sent })
      if (change.of === 'birthday') return { type: 'birthday', member, birthday: dayOfYear(change.month, change.day) }
      return event({ type: 'member.changed', ...sent, ...profileIn(change, program) })
    }
    case 'reserves':
    case 'redeems':
      if (step.session !== null) {
        names.seats.set(step.redemption ?? id, {
          reward: step.reward,
          session: step.session,
          redemption: step.redemption ?? id,
        })
        if (step.type === 'reserves') names.held.add(step.redemption ?? id)
      }
      return reserveOf(step, member, id)
    case 'uses-voucher': {
      const { reward, amount } = step
      const basket = step.order === null ? null : namedIn(names.orders, step.order, 'order')
      const order = basket === null ? null : orderOf(basket, step.order ?? id)
      return { type: 'voucher', act: 'use', member, id, reward, voucher: null, order, amount }
    }
    case 'returns-voucher':
    case 'donates-voucher': {
      const asked = step.type === 'returns-voucher' ? ('return' as const) : ('give' as const)
      return { type: 'voucher', act: asked, member, id, reward: step.reward, voucher: null, order: null, amount: null }
    }
    case 'confirms':
      names.held.delete(step.redemption)
      return { type: 'confirm', redemption: step.redemption }
    case 'cancels': {
      const seat = names.seats.get(step.redemption)
      // A seat that is only reserved is no voucher yet.
      if (seat === undefined || names.held.has(step.redemption)) return { type: 'cancel', redemption: step.redemption }
      const { reward, redemption: voucher } = seat
      return { type: 'voucher', act: 'return', member, id, reward, voucher, order: null, amount: null }
    }
    case 'adjusts':
      return act(step.reason, { type: 'adjust', asset: step.asset, amount: step.units })
    case 'extends':
      return act(step.reason, { ...daysOf(step), type: 'extend', asset: step.asset })
    case 'referral-reviewed':
      return act(step.reason, { type: 'review-referral', friend: memberIdOf(step.other), approved: step.approved })
    case 'reinstates':
      return act(step.reason, { ...daysOf(step), type: 'reinstate', asset: step.asset, amount: step.units })
    case 'overrides': {
      const { ladder, level, endsOn } = step
      return act(step.reason, { type: 'override', ladder, level, endsOn })
    }
    case 'accepts-refund': {
      const { order, amount } = step
      const refund = namedIn(names.refunds, step.refund, 'refund').id
      return act(step.reason, { type: 'accept-refund', refund, order, amount })
    }
    case 'time-passes':
      return { type: 'time' }
    case 'leaves':
      return event({ type: 'member.left', ...sent })
    case 'freezes':
      return event({ type: 'member.frozen', ...sent, frozen: step.frozen, reason: step.reason })
    case 'erased':
      return { type: 'erase', member, id }
    case 'merges':
      return { type: 'merge', member, id, into: memberIdOf(step.other) }
    case 'merge-undone':
      return { type: 'unmerge', member, id, reason: step.reason }
    case 'accepts-seat': {
      // The seat that is kept is asked for anew, under an id of its own.
      const { reward, session } = namedIn(names.seats, step.redemption, 'seat')
      const redemption = `${step.redemption}-kept`
      names.seats.set(step.redemption, { reward, session, redemption })
      const asked = { redemption, reward, session, points: null, lastsMs: null, confirm: true, wait: false }
      return { type: 'reserve', member, ...asked }
    }
    case 'asks-for':
      return { type: 'ask', member, benefit: step.benefit, total: step.basket }
    case 'sent-offer':
      return event({ type: 'offer.sent', ...sent, offer: step.offer })
    case 'sees-offer':
      return event({ type: 'offer.seen', ...sent, offer: step.offer })
    case 'membership':
      return event(planEvent(step.act, { ...sent, plan: step.plan }, program.memberships.get(step.plan)?.fee ?? 0))
    case 'invites':
      return { type: 'referral-code', member }
    case 'clicks':
      if (step.same.length > 0) {
        throw new CannotSend('nobody knows yet who follows a link', 'say what is the same where the friend joins')
      }
      return { type: 'referral-click', member: memberIdOf(step.other) }
    case 'gives':
      return { type: 'give', member, id, to: memberIdOf(step.to), asset: step.asset, amount: step.units }
    case 'founds-pool':
      return { type: 'found-pool', member, id, plan: step.kind, pool: step.pool }
    case 'joins-pool':
      return { type: 'join-pool', member, id, pool: step.pool }
    case 'leaves-pool':
      return { type: 'leave-pool', member, id, pool: step.pool }
    case 'draws':
      return { type: 'draw', draw: step.draw, seed: step.seed }
  }
}

/** What rules and requests ask of a member's footing; an age is told as the one that the program asks for. */
function profileIn(
  change: ProfileStep['change'],
  { minimumAge }: Program,
): Partial<Extract<EventToSend, { type: 'member.changed' }>> {
  switch (change.of) {
    case 'segments':
    case 'tags':
      return { [change.of]: [...change.labels] }
    case 'of-age':
      return { ageAtLeast: minimumAge?.years ?? ADULT }
    case 'staff':
    case 'test':
      return { mark: change.of }
    case 'terms':
      return { terms: change.terms }
    // Sent as what they are.
    case 'birthday':
    case 'birthday-comes':
    case 'anniversary-comes':
      return {}
  }
}

/** Where a program asks for no age. */
const ADULT = 18

/** Members are called by name in scenarios and known by an id: a name would be personal data (LED-9). */
export const memberIdOf = (who: string): string => `member-${who.toLowerCase()}`

/**
 * The oldest of a reward that can still be used, and of gift cards that are returned or given away the oldest of which most is
 * left; else the last that could be, for the answer it gets.
 */
export function voucherNamed<Known extends VoucherStanding>(
  vouchers: readonly Known[],
  reward: string,
  act: Extract<Sent, { type: 'voucher' }>['act'],
): Known {
  const all = vouchers.filter((voucher) => voucher.reward === reward)
  const open = all.filter(({ status, left }) => status === 'open' && left !== 0)
  const most = act === 'use' ? null : Math.max(...open.map(({ left }) => left ?? 0))
  const found = open.find(({ left }) => most === null || (left ?? 0) === most) ?? all.at(-1)
  if (found !== undefined) return found
  throw new CannotSend(`there never was a voucher ${reward}`, 'let a row above give one')
}

function namedIn<Value>(known: ReadonlyMap<string, Value>, name: string, what: string): Value {
  const found = known.get(name)
  if (found !== undefined) return found
  throw new CannotSend(`no row above names a ${what} ${name}`, `end the row with "as ${name}"`)
}

/** A friend's claim, with what speaks against it: how many friends the advocate has brought lately, this one included. */
function referredIn(
  { referredBy, same }: JoinStep,
  when: LocalTime,
  { referred }: Names,
  program: Program,
): Referred | null {
  if (referredBy === null) return null
  if (program.referral === null) throw new CannotSend('the program has no referral', 'let the member join alone')
  const advocate = memberIdOf(referredBy)
  referred.push({ advocate, when })
  const since = addToTime(when, program.referral.review.velocity.within, -1)
  const recent = referred.filter((each) => each.advocate === advocate && each.when > since).length
  return { advocate, recent, signals: same.map((what) => `same-${what}` as const) }
}

type OfPlan = Omit<Extract<EventToSend, { type: 'membership.failed' }>, 'type'>

function planEvent(act: MembershipAct, of: OfPlan, fee: number): EventToSend {
  switch (act) {
    case 'starts':
      return { type: 'membership.started', ...of, fee }
    case 'starts-on-trial':
      return { type: 'membership.started', ...of, fee: null }
    case 'pays':
      return { type: 'membership.renewed', ...of, fee }
    case 'fails':
      return { type: 'membership.failed', ...of }
    case 'cancels':
      return { type: 'membership.cancelled', ...of }
  }
}

const dayOfYear = (month: number, day: number): string =>
  `${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`

function orderOf(step: OrderStep, id: string): OrderToSend {
  const { currency, channel, place, tags, discount, shipping, tip } = step
  const goods = step.lines.reduce((sum, line) => sum + line.total, 0)
  const named = step.payments.reduce((sum, payment) => sum + payment.amount, 0)
  const money = goods - discount + shipping + tip - named
  if (money < 0) throw new CannotSend('the payments are more than the order costs', 'pay less')
  const lines = step.lines.map(({ line, sku, ...rest }) => ({
    ...rest,
    id: line,
    sku: sku ?? `sku-${line}`,
    categories: [...rest.categories],
  }))
  const payments = [...step.payments, ...(money > 0 ? [{ by: 'money' as const, amount: money }] : [])]
  const rate = step.rate === null ? null : { rate: step.rate, on: '2000-01-01' }
  return {
    id,
    currency,
    rate,
    channel,
    place,
    tags: [...tags],
    lines,
    discount,
    shipping: { total: shipping },
    tip,
    payments,
  }
}

/** By lines, by amount, or all of the order that has not come back yet; and what touches no line beside them or by itself. */
function refundedOf({ order, lines, amount, other }: RefundStep, names: Names) {
  const beside = other.shipping + other.tip + other.tax > 0 ? { other } : {}
  if (lines.length > 0) {
    const bought = order === null ? [] : (names.orders.get(order)?.lines ?? [])
    return {
      ...beside,
      lines: lines.map(({ line, items, amount: money }) => {
        const whole = bought.find((each) => each.line === line)?.quantity ?? 1
        return { line, quantity: items ?? (money === null ? whole : null), amount: money }
      }),
    }
  }
  if (amount !== null) return { ...beside, amount }
  const whole = order === null ? undefined : names.orders.get(order)
  if (whole === undefined) throw new CannotSend(`no row above buys order ${order}`, 'say an amount, or lines')
  const left = whole.lines.flatMap(({ line, quantity }) => {
    const known = names.cameBack.filter((each) => each.order === order && each.line === line)
    const items = quantity - known.reduce((sum, each) => sum + each.items, 0)
    return items > 0 ? [{ line, quantity: items }] : []
  })
  // Told again though nothing is left, it is for a person to look at.
  return { ...beside, lines: left.length > 0 ? left : whole.lines.map(({ line, quantity }) => ({ line, quantity })) }
}

const disputeOf = ({ order, amount, dispute }: { order: string; amount: number; dispute: string }) => ({
  order,
  amount,
  dispute,
})

function reserveOf(step: ReserveStep, member: string, id: string): Sent {
  const { type, reward, redemption, points, session, lasts } = step
  if (lasts !== null && (lasts.months > 0 || lasts.days > 0)) {
    throw new CannotSend('a reservation goes by the clock', 'write hours and minutes: for PT30M')
  }
  const confirm = type === 'redeems'
  const lastsMs = lasts?.ms ?? null
  return {
    type: 'reserve',
    member,
    redemption: redemption ?? id,
    reward,
    points,
    session,
    lastsMs,
    confirm,
    wait: true,
  }
}

const daysOf = ({ lastDay, newLastDay }: { lastDay: number; newLastDay: number }) => ({ lastDay, newLastDay })
