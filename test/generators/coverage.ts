import {
  type Effect,
  type MemberEvent,
  type Program,
  REFUSAL_CODES,
  type RefusalCode,
  rankOf,
  type Timeline,
  type Voucher,
} from '@laurel/engine'

/**
 * What the generators reach: how often each event and refusal came up, and how often each mechanic of a program was there when
 * each kind of thing happened. A property that never meets a case says nothing of it.
 */
export class Coverage {
  readonly #counts = new Map<string, number>()
  #mechanics: readonly string[] = []
  readonly #happened = new Set<string>()

  open(timeline: Timeline): void {
    this.#mechanics = [...new Set(timeline.flatMap(({ program }) => mechanicsOf(program)))]
    if (timeline.length > 1) this.#mechanics = [...this.#mechanics, 'two versions']
    this.#happened.clear()
  }

  see(event: MemberEvent, effects: readonly Effect[]): void {
    this.#hit(`event ${event.type}`)
    if (event.type !== 'time.passed' && event.stamp.version === null) this.#hit(`early, rank ${rankOf(event)}`)
    for (const effect of effects) {
      if (effect.type === 'refused') this.#hit(`refused ${effect.refusal.code}`)
      if (effect.type === 'queued') this.#hit(`queued ${effect.reason}`)
      const again = isUndoing(event) && effect.type === 'move' && effect.from === 'issued'
      const unused = isOpenAgain(event, effect) ? 'voucher used for nothing' : null
      const what = again ? 'given again' : (unused ?? happeningOf(effect))
      if (what !== null) this.#happened.add(what)
    }
  }

  /** Ends a history: each of its mechanics met each of the things that happened in it. */
  close(): void {
    for (const mechanic of this.#mechanics) for (const what of this.#happened) this.#hit(`${mechanic} + ${what}`)
  }

  /** What a property has met that no cell of the table asks for. */
  note(name: string): void {
    this.#hit(name)
  }

  #hit(name: string): void {
    this.#counts.set(name, this.of(name) + 1)
  }

  of(name: string): number {
    return this.#counts.get(name) ?? 0
  }

  /** For a quick run, which cannot meet them all. */
  summary(): string {
    const all = wanted()
    return `${all.filter((name) => this.of(name) > 0).length} of ${all.length} cells of the coverage table met`
  }

  /** The rarest first. */
  table(): string {
    return wanted()
      .map((name) => [name, this.of(name)] as const)
      .sort((a, b) => a[1] - b[1])
      .map(([name, count]) => `${String(count).padStart(8)}  ${name}`)
      .join('\n')
  }
}

export const gapsIn = (coverage: Coverage, least: number): string[] =>
  wanted().flatMap((name) => (coverage.of(name) < least ? [`${name}: ${coverage.of(name)} times`] : []))

const eventTypes: readonly MemberEvent['type'][] = [
  'order.placed',
  'order.paid',
  'order.edited',
  'order.delivered',
  'order.cancelled',
  'refund.made',
  'refund.failed',
  'payment.disputed',
  'activity',
  'member.joined',
  'member.changed',
  'member.frozen',
  'member.left',
  'member.erased',
  'membership.started',
  'membership.renewed',
  'membership.failed',
  'membership.cancelled',
  'offer.sent',
  'offer.seen',
  'redemption.reserve',
  'redemption.confirm',
  'redemption.cancel',
  'referral.claim',
  'referral.suspected',
  'referral.reviewed',
  'referral.qualified',
  'referral.reversed',
  'gift.send',
  'gift.received',
  'gift.returned',
  'voucher.use',
  'voucher.restore',
  'voucher.return',
  'voucher.give',
  'voucher.revoked',
  'points.adjusted',
  'lots.extended',
  'lots.reinstated',
  'tier.overridden',
  'refund.accepted',
  'debt.waived',
  'time.passed',
]

const mechanics = [
  'pending period',
  'pending delivery',
  'life',
  'end of unit',
  'inactivity',
  'yearly date',
  'anniversary expiry',
  'expiry of a rule',
  'to a charity',
  'expiry of a level',
  'multipliers summed',
  'multipliers multiplied',
  'order split',
  'group of the best',
  'group of the first',
  'exclusive',
  'cap trims',
  'cap refuses',
  'cap of times',
  'cap of an order',
  'sliding cap',
  'calendar cap',
  'cap for ever',
  'once a visit',
  'calendar window',
  'fixed-date window',
  'anniversary window',
  'rolling window',
  'lifetime window',
  'kept through',
  'rise at the period end',
  'grace',
  'one step down',
  'never down',
  'revoke',
  'waive',
  'debt limit',
  'forfeits at once',
  'forfeits later',
  'card',
  'card once',
  'challenge that keeps',
  'challenge that takes back',
  'points given to others',
  'referral',
  'exclusive offer',
  'offer to its last moment',
  'offer to be seen',
  'terms asked',
  'age asked',
  'program that ends',
  'paid membership',
  'two versions',
] as const

const happenings = [
  'clawed back',
  'debt',
  'waived',
  'repaid',
  'lapsed',
  'taken from lapsed',
  'given again',
  'returned',
  'released',
  'burnt',
  'capped',
  'tier up',
  'tier down',
  'forfeited',
  'taken from forfeited',
  'earning nothing',
  'at risk',
  'waited',
  'card full',
  'card open again',
  'challenge reached',
  'challenge undone',
  'voucher used',
  'voucher used for nothing',
  'voucher given back',
  'voucher lapsed',
  'part of a gift card',
  'friend paid',
  'given away',
  'given by another',
  'offer completed',
  'offer undone',
  'program over',
  'membership over',
] as const

type TestPlace = readonly [file: string, title: string]

const inPools = (title: string): TestPlace => ['apps/server/pools/routes.database.test.ts', title]

/**
 * Refusals that no history of one member meets by itself, because they lie between members or ask for a number of the member's own,
 * and the tests that do.
 */
export const refusedElsewhere: Readonly<Partial<Record<RefusalCode, TestPlace>>> = {
  'held-out': ['test/rules/experiments.test.ts', 'cannot begin a membership that is tried on others first'],
  'fee-needed': ['test/rules/plans.test.ts', 'begins without a fee once: nobody lives from grace to grace'],
  'sold-out': [
    'test/rules/rooms.test.ts',
    'RED-3 the stock of a reward is taken with the reservation and comes back when it is over',
  ],
  'already-waiting': [
    'apps/server/seats/seats.database.test.ts',
    'RED-3 a member has one place in a line: who asks again is told where they stand, and under which redemption',
  ],
  'unknown-session': ['test/rules/rooms.test.ts', 'are booked by session, while it has not begun and one is left'],
  'too-late-to-cancel': [
    'test/rules/rooms.test.ts',
    'go back with their points until the policy says that it is too late',
  ],
  'unknown-pool': inPools(
    'POOL-1 where the program has no pools any more, what is there is still spent, and can be shared out',
  ),
  'pool-exists': inPools('POOL-1 limits and rights: how many, one at a time, and who may spend'),
  'pool-closed': inPools('POOL-1 who leaves takes their share along, and who closes a pool shares it out'),
  'already-in-pool': inPools('POOL-1 limits and rights: how many, one at a time, and who may spend'),
  'not-in-pool': inPools('POOL-1 who leaves takes their share along, and who closes a pool shares it out'),
  'pool-full': inPools('POOL-1 limits and rights: how many, one at a time, and who may spend'),
  'price-changed': [
    'test/generators/coverage.test.ts',
    'POOL-1 a pool that has paid another price than the one of now is refused',
  ],
}

/** Where one of a pair rules the other out. */
const impossible = new Set(['waive + debt', 'waive + repaid', 'challenge that keeps + challenge undone'])

function wanted(): string[] {
  return [
    ...eventTypes.map((type) => `event ${type}`),
    ...REFUSAL_CODES.filter((code) => !(code in refusedElsewhere)).map((code) => `refused ${code}`),
    ...['no-order-named', 'order-unknown', 'more-than-left', 'unknown-line', 'overdue'].map(
      (reason) => `queued ${reason}`,
    ),
    ...mechanics.flatMap((mechanic) => happenings.map((what) => `${mechanic} + ${what}`)),
  ].filter((name) => !impossible.has(name))
}

function happeningOf(effect: Effect): (typeof happenings)[number] | null {
  switch (effect.type) {
    case 'move':
      if (effect.to === 'expired') return 'lapsed'
      if (effect.from === 'expired' && effect.to === 'issued') return 'taken from lapsed'
      if (effect.to === 'forfeited') return 'forfeited'
      if (effect.from === 'forfeited') return 'taken from forfeited'
      if (effect.from === 'adjusted' && effect.to === 'issued') return 'waived'
      if (effect.from === 'debt') return 'debt'
      if (effect.to === 'debt') return 'repaid'
      if (effect.to === 'transit') return 'given away'
      if (effect.from === 'transit') return 'given by another'
      if (effect.to === 'redeemed') return 'burnt'
      if (effect.from === 'redeemed') return 'returned'
      if (effect.from === 'held' && effect.to === 'active') return 'released'
      return effect.to === 'issued' ? 'clawed back' : null
    case 'voucher':
      return ofVoucher(effect.voucher)
    case 'challenge-reached':
      return effect.stands ? 'challenge reached' : 'challenge undone'
    case 'referral':
      return effect.status === 'paid' ? 'friend paid' : null
    case 'offer-told':
      return effect.what === 'received' ? null : `offer ${effect.what}`
    case 'capped':
      return 'capped'
    case 'not-earning':
      return 'earning nothing'
    case 'tier-at-risk':
      return 'at risk'
    case 'plan':
      return effect.held?.ended == null ? null : 'membership over'
    case 'ended':
    case 'begun':
    case 'converted':
      return 'program over'
    case 'wait':
      return 'waited'
    case 'tier':
      if (effect.from === null || effect.from === effect.to) return null
      return isUp(effect.from, effect.to) ? 'tier up' : 'tier down'
    default:
      return null
  }
}

function ofVoucher({ id, status, left, uses }: Voucher): (typeof happenings)[number] | null {
  if (status === 'used') return 'voucher used'
  if (status === 'expired') return 'voucher lapsed'
  if (status === 'returned') return 'voucher given back'
  if (left !== null && uses.length > 0) return 'part of a gift card'
  if (!id.startsWith('card/')) return null
  return status === 'open' ? 'card full' : status === 'revoked' ? 'card open again' : null
}

/** A voucher without a use, though nothing has issued one. */
const isOpenAgain = (event: MemberEvent, effect: Effect): boolean =>
  (event.type === 'voucher.restore' || event.type === 'order.cancelled' || event.type === 'refund.made') &&
  effect.type === 'voucher' &&
  effect.voucher.from === 'redemption' &&
  effect.voucher.status === 'open' &&
  effect.voucher.uses.length === 0

const isUndoing = ({ type }: MemberEvent): boolean =>
  type === 'refund.failed' || type === 'payment.disputed' || type === 'order.edited'

const rising = ['member', 'silver', 'gold']
const isUp = (from: string, to: string): boolean => rising.indexOf(to) > rising.indexOf(from)

function mechanicsOf(program: Program): (typeof mechanics)[number][] {
  const found: (typeof mechanics)[number][] = []
  const asset = program.assets[0]
  const rules = [...program.onOrder, ...[...program.onActivity.values()].flat()]
  const multiplied = rules.filter((rule) => rule.multipliers.length > 1)
  if (program.referral !== null) found.push('referral')
  if (asset?.gifting) found.push('points given to others')
  if (asset?.pending.type === 'period') found.push('pending period')
  if (asset?.pending.type === 'event') found.push('pending delivery')
  if (asset?.expiry.type === 'life') found.push(asset.expiry.endOf === null ? 'life' : 'end of unit')
  if (asset?.expiry.type === 'inactive') found.push('inactivity')
  if (asset?.expiry.type === 'date') found.push('yearly date')
  if (asset?.expiry.type === 'anniversary') found.push('anniversary expiry')
  if (rules.some((rule) => rule.expiry !== null)) found.push('expiry of a rule')
  if (rules.some((rule) => rule.charity !== null)) found.push('to a charity')
  if (multiplied.some((rule) => rule.stack === 'add')) found.push('multipliers summed')
  if (multiplied.some((rule) => rule.stack === 'multiply')) found.push('multipliers multiplied')
  if (rules.some((rule) => rule.crossing === 'split')) found.push('order split')
  if (rules.some((rule) => rule.group?.take === 'best')) found.push('group of the best')
  if (rules.some((rule) => rule.group?.take === 'first')) found.push('group of the first')
  if (rules.some((rule) => rule.group !== null && rule.exclusive)) found.push('exclusive')
  const used = program.caps.filter((_, position) => rules.some((rule) => rule.caps.includes(position)))
  for (const cap of used) {
    if (cap.counts === 'times') found.push('cap of times')
    found.push(cap.edge === 'trim' ? 'cap trims' : 'cap refuses')
    found.push(spans[cap.span.type])
  }
  for (const ladder of program.ladders) {
    found.push(windows[ladder.window.type])
    if ('keptThrough' in ladder.window && ladder.window.keptThrough) found.push('kept through')
    if (ladder.rise === 'period-end') found.push('rise at the period end')
    if (ladder.fall.grace !== null) found.push('grace')
    if (ladder.fall.to === 'one-step') found.push('one step down')
    if (ladder.fall.to === 'never') found.push('never down')
    if (ladder.afterRefund === 'revoke') found.push('revoke')
    if (ladder.levels.some((level) => level.expiry.size > 0)) found.push('expiry of a level')
  }
  found.push(
    program.leaving.forfeitAfter.days + program.leaving.forfeitAfter.months === 0
      ? 'forfeits at once'
      : 'forfeits later',
  )
  for (const card of program.cards.values()) found.push(card.repeat ? 'card' : 'card once')
  for (const { afterRefund } of program.challenges.values()) {
    found.push(afterRefund === 'keep' ? 'challenge that keeps' : 'challenge that takes back')
  }
  for (const { type, window, seen } of program.offers.values()) {
    if (type.type === 'goal' && type.exclusive) found.push('exclusive offer')
    if (window?.end === 'closed') found.push('offer to its last moment')
    if (seen === 'required') found.push('offer to be seen')
  }
  if (program.terms) found.push('terms asked')
  if (program.minimumAge) found.push('age asked')
  if (program.closing) found.push('program that ends')
  if (program.memberships.size > 0) found.push('paid membership')
  if (program.refunds.shortfall === 'waive') found.push('waive')
  else if (program.refunds.limit.size > 0) found.push('debt limit')
  return found
}

const spans = {
  order: 'cap of an order',
  calendar: 'calendar cap',
  sliding: 'sliding cap',
  ever: 'cap for ever',
  visit: 'once a visit',
} as const

const windows = {
  calendar: 'calendar window',
  'fixed-date': 'fixed-date window',
  anniversary: 'anniversary window',
  rolling: 'rolling window',
  lifetime: 'lifetime window',
} as const
