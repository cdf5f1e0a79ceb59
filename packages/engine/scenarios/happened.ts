import type { Account, ChallengeReached, Effect, Remark } from '../effect.ts'
import { isOf } from '../effect-families.ts'
import type { Refusal } from '../event.ts'
import { currencyOf, decimalText } from '../program/currency.ts'
import type { Program } from '../program/program.ts'
import type { MemberStatus, RankStanding, ReferralStanding, VoucherStanding } from './columns.ts'
import type { PlanStanding } from './membership-column.ts'
import { amountText, levelName, moneyText, type Outcome } from './outcomes.ts'

/** An amount that moved for a member. */
export interface Moved {
  readonly asset: string
  readonly from: Account
  readonly to: Account
  readonly amount: number
}
/** Where a member stands on a ladder. */
export interface Standing {
  readonly ladder: string
  readonly level: string
  readonly atRisk: boolean
}
/** What a row can change about a member besides amounts. */
export interface Held {
  /** A ladder that is not there yet is missing. */
  readonly tiers: readonly Standing[]
  readonly vouchers: readonly VoucherStanding[]
  readonly badges: readonly string[]
  readonly state: MemberStatus
  readonly pool: string | null
  readonly plans: readonly PlanStanding[]
  readonly referral: ReferralStanding | null
}
/** What one row did to one member, whoever decided it: the engine alone or a server. */
export interface Happened {
  readonly who: string
  readonly moves: readonly Moved[]
  /** Before and after the row. */
  readonly before: Held
  readonly after: Held
  readonly refusal: Refusal | null
  /** Of what the refusal counts as missing. */
  readonly decimals: number
  /** The event was not taken at all. */
  readonly rejection: string | null
  readonly remarks: readonly Remark[]
  /** Seats that were booked or given back, by `reward/session`. */
  readonly seats: ReadonlyMap<string, number>
  /** A place in the line for a full session, from 1; null: none was taken. */
  readonly waiting: { readonly session: string; readonly place: number } | null
  /** Of leaderboards whose window has ended. */
  readonly ranks: readonly RankStanding[]
  /** Draws that were won. */
  readonly wins: readonly string[]
  /** What was asked about a benefit; null: nothing was. */
  readonly entitled: boolean | null
  /** It came before its order. */
  readonly waits: boolean
}

/** What happened, in the phrases of scenarios. */
export function outcomesOf(program: Program, happened: Happened): Outcome[] {
  if (happened.entitled !== null) return [{ who: happened.who, text: happened.entitled ? 'yes' : 'no' }]
  const texts = [
    ...(happened.rejection === null ? [] : [`rejected: ${happened.rejection}`]),
    ...(happened.refusal === null ? [] : [refusalText(happened.refusal, happened.decimals)]),
    ...flowsOf(happened.moves).map((flow) => flowText(program, flow)),
    ...tierTexts(program, happened),
    ...voucherTexts(program, happened),
    ...badgeTexts(happened),
    ...seatTexts(happened),
    ...statusTexts(happened),
    ...poolTexts(happened),
    ...planTexts(happened),
    ...referralTexts(happened),
    ...happened.ranks.map(({ leaderboard, rank }) => `rank ${rank} in ${leaderboard}`),
    ...happened.wins.map((draw) => `wins ${draw}`),
    ...(happened.waits ? ['waits for its order'] : []),
    ...happened.remarks.flatMap((remark) => remarkTexts(program, remark)),
  ]
  return texts.map((text) => ({ who: happened.who, text }))
}

function refusalText({ code, shortBy }: Refusal, decimals: number): string {
  return code === 'short' && shortBy !== null
    ? `refused: short by ${decimalText(shortBy, decimals)}`
    : `refused: ${code}`
}

/**
 * Amounts by asset and pair of accounts, in the order in which they first moved. What was held and spent within the row is
 * spent: in one step nobody sees the hold.
 */
function flowsOf(moves: readonly Moved[]): Moved[] {
  const flows = new Map<string, { -readonly [Key in keyof Moved]: Moved[Key] }>()
  const add = ({ asset, from, to, amount }: Moved): void => {
    const key = `${asset}:${from}>${to}`
    const known = flows.get(key)
    if (known === undefined) flows.set(key, { asset, from, to, amount })
    else known.amount += amount
  }
  for (const move of moves) add(move)
  for (const held of [...flows.values()]) {
    const { asset, from, to } = held
    if (from !== 'active' || to !== 'held') continue
    for (const spent of [...flows.values()]) {
      if (spent.asset !== asset || spent.from !== 'held' || spent.to === 'active') continue
      const amount = Math.min(held.amount, spent.amount)
      held.amount -= amount
      spent.amount -= amount
      add({ asset, from: 'active', to: spent.to, amount })
    }
  }
  // What a late fact lets go on with a merge is sent and received by one member (MRG-1).
  for (const sent of flows.values()) {
    const received = sent.to === 'transit' ? flows.get(`${sent.asset}:transit>${sent.from}`) : undefined
    if (received === undefined) continue
    const amount = Math.min(sent.amount, received.amount)
    sent.amount -= amount
    received.amount -= amount
  }
  return [...flows.values()].filter(({ amount }) => amount > 0)
}

function flowText(program: Program, { asset, from, to, amount }: Moved): string {
  const said = amountText(program, asset, amount)
  const words = phraseByPair[`${from}>${to}`]
  if (words !== undefined) return words.replace('<amount>', said)
  const [kind, whose] = (from.includes(':') ? from : to).split(':')
  switch (kind) {
    case 'charity':
      if (to === 'issued') return `-${said} for ${whose}`
      return from === 'issued' ? `+${said} for ${whose}` : `${said} donated to ${whose}`
    case 'partner':
      // Between the two firms alone: the member's own side is said apart.
      if (settledWith.has(from) || settledWith.has(to)) {
        return from.startsWith('partner:') ? `settles ${said} from ${whose}` : `settles ${said} to ${whose}`
      }
      return from.startsWith('partner:') ? `${said} from partner ${whose}` : `${said} to partner ${whose}`
    default:
      return `${said} from ${from} to ${to}` // a correction undoes what no decision would
  }
}

const settledWith: ReadonlySet<string> = new Set(['issued', 'redeemed'])

/** By the pair of accounts. */
const phraseByPair: Readonly<Record<string, string>> = {
  'issued>active': '+<amount>',
  'issued>pending': '+<amount> pending',
  'active>issued': '-<amount>',
  'pending>issued': '-<amount> pending',
  'expired>issued': '-<amount> lapsed',
  'forfeited>issued': '-<amount> forfeited',
  'debt>issued': '<amount> owed',
  'adjusted>issued': '<amount> waived',
  'active>debt': '<amount> repaid',
  'adjusted>debt': '<amount> written off',
  'pending>active': '<amount> activated',
  'active>expired': '<amount> lapsed',
  'expired>active': '<amount> reinstated',
  'active>forfeited': '<amount> forfeited',
  'pending>forfeited': '<amount> forfeited',
  'active>held': '<amount> held',
  'held>active': '<amount> released',
  'held>redeemed': '<amount> spent',
  'active>redeemed': '<amount> spent',
  'redeemed>active': '<amount> returned',
  'adjusted>active': '+<amount> by staff',
  'active>adjusted': '-<amount> by staff',
  'opening>active': '+<amount> brought in',
  'active>transit': '<amount> sent',
  'transit>active': '<amount> received',
}

function tierTexts(program: Program, { before, after }: Happened): string[] {
  return after.tiers.flatMap(({ ladder, level, atRisk }) => {
    const was = before.tiers.find((standing) => standing.ladder === ladder)
    const levels = program.ladders.find(({ id }) => id === ladder)?.levels ?? []
    const place = (id: string | undefined): number => levels.findIndex((each) => each.id === id)
    const name = levelName(program, ladder, level)
    const from = was === undefined ? 0 : place(was.level)
    const moved = place(level) > from ? [`rises to ${name}`] : place(level) < from ? [`falls to ${name}`] : []
    return atRisk && !(was?.atRisk === true && was.level === level) ? [...moved, `${name} at risk`] : moved
  })
}

function voucherTexts(program: Program, { before, after }: Happened): string[] {
  return after.vouchers.flatMap((voucher) => {
    // Of an experience it is the seat that one has.
    if (program.rewards.get(voucher.reward)?.kind.type === 'experience') return []
    const was = before.vouchers.find(({ id }) => id === voucher.id)
    const name = `voucher ${voucher.reward}`
    // What was used, returned or given away may be in the member's hand again.
    const issued = was?.status === 'open' || (was !== undefined && voucher.status !== 'open') ? [] : [name]
    if (voucher.status === 'open') {
      const isCharged = was?.status === 'open' && was.left !== voucher.left && voucher.left !== null
      return isCharged ? [`${moneyText(program, voucher.left)} left on ${voucher.reward}`] : issued
    }
    return was?.status === voucher.status ? [] : [...issued, `${name} ${endWords[voucher.status]}`]
  })
}
const endWords = {
  used: 'used',
  returned: 'returned',
  given: 'donated',
  expired: 'expired',
  revoked: 'revoked',
} as const satisfies Record<Exclude<VoucherStanding['status'], 'open'>, string>

function seatTexts({ seats, waiting }: Happened): string[] {
  const texts = [...seats].flatMap(([session, change]) =>
    change === 0 ? [] : [change > 0 ? `seat ${session}` : `seat ${session} given back`],
  )
  return waiting === null ? texts : [...texts, `waits for ${waiting.session} as ${waiting.place}`]
}

/** Seats that decisions booked or gave back. One that is only kept for the next in line is nobody's seat yet. */
export function seatsTaken(effects: Iterable<Effect>): Map<string, number> {
  const taken = new Map<string, number>()
  const add = (session: string, change: number) => taken.set(session, (taken.get(session) ?? 0) + change)
  for (const effect of effects) {
    if (effect.type === 'room' && effect.room.startsWith(SEATS)) add(effect.room.slice(SEATS.length), effect.change)
    if (effect.type === 'seat') add(`${effect.seat.reward}/${effect.seat.session}`, effect.kept ? -1 : 1)
  }
  return taken
}
const SEATS = 'seats/'

function badgeTexts({ before, after }: Happened): string[] {
  // Nothing is lost: it goes with its member (MRG-1).
  const lost = after.state === 'merged' ? [] : before.badges.slice()
  const gained = after.badges.filter((badge) => {
    const index = lost.indexOf(badge)
    if (index !== -1) lost.splice(index, 1)
    return index === -1
  })
  return [...gained.map((badge) => `badge ${badge}`), ...lost.map((badge) => `badge ${badge} revoked`)]
}

function poolTexts({ before, after }: Happened): string[] {
  if (before.pool === after.pool) return []
  const left = before.pool === null ? [] : [`out of pool ${before.pool}`]
  return after.pool === null ? left : [...left, `in pool ${after.pool}`]
}

function planTexts({ before, after }: Happened): string[] {
  const changed = after.plans.flatMap(({ plan, state, until }) => {
    const was = before.plans.find((known) => known.plan === plan)
    if (was === undefined) return [`membership ${plan} starts`]
    if (until > was.until) return [`membership ${plan} paid`]
    return state === 'grace' && was.state !== 'grace' ? [`membership ${plan} in grace`] : []
  })
  if (after.state === 'merged') return []
  const ended = before.plans.filter(({ plan }) => !after.plans.some((running) => running.plan === plan))
  return [...changed, ...ended.map(({ plan }) => `membership ${plan} ends`)]
}

function referralTexts({ who, before, after: { referral } }: Happened): string[] {
  if (referral === null || before.referral?.status === referral.status) return []
  return [`referral of ${who} ${referralText(referral)}`]
}

function referralText({ status, signals }: ReferralStanding): string {
  switch (status) {
    case 'waiting':
      return 'waits'
    case 'held':
      return 'qualified'
    case 'review':
      return `to review: ${signals.join(' ')}`
    case 'paid':
    case 'reversed':
    case 'over':
    case 'rejected':
      return status
  }
}

function statusTexts({ before, after }: Happened): string[] {
  if (before.state === after.state) return []
  // Coming back is no news of its own: the row that lets a member join says it.
  return after.state === 'active' ? (before.state === 'frozen' ? ['unfrozen'] : []) : [after.state]
}

/** A refund is in the currency of its order. */
const queuedText = (program: Program, { amount, currency }: Extract<Remark, { type: 'queued' }>): string =>
  amount === null
    ? 'for want of a price'
    : moneyText({ currency: currencyOf(currency ?? '') ?? program.currency }, amount)

function remarkTexts(program: Program, remark: Remark): string[] {
  switch (remark.type) {
    case 'capped':
      return [`capped ${remark.rule}`]
    case 'not-settled':
      return [`not settled: ${amountText(program, remark.asset, remark.amount)} at ${remark.partner}`]
    case 'sold-out':
      return [`sold out: ${remark.reward}`]
    case 'card-waiting':
      return [`card ${remark.card} waits: ${remark.because}`]
    case 'refunded':
      return remark.money > 0 ? [`pays back ${moneyText(program, remark.money)}`] : []
    case 'queued':
      // That it waits for its order is said already.
      return remark.reason === 'order-unknown' ? [] : [`queued ${queuedText(program, remark)}`]
    case 'not-in-force':
      return ['not in force']
    case 'challenge-reached':
      return [reachedText(remark)]
    case 'offer-told':
      return [remark.what === 'received' ? `offer ${remark.offer}` : `offer ${remark.offer} ${remark.what}`]
    case 'not-earning':
      return [`earns nothing: ${remark.because}`]
    case 'seat-offer':
      return remark.because === null ? [`offered ${remark.reward}/${remark.session}`] : []
    // What they say is said by what moved, and by the tiers.
    case 'refused':
    case 'reserved':
    case 'confirmed':
    case 'cancelled':
    case 'clawed-back':
    case 'donated':
    case 'too-soon':
    case 'queue-answered':
    case 'debt-waived':
    case 'less-than-granted':
    case 'tier-at-risk':
      return []
  }
}

function reachedText({ challenge, what, stands }: ChallengeReached): string {
  const undone = stands ? '' : ' undone'
  switch (what.type) {
    case 'goal':
      return `challenge ${challenge}${undone}`
    case 'milestone':
      return `milestone ${challenge}/${what.milestone}${undone}`
    case 'streak':
      return `streak ${challenge}${undone}`
  }
}

/** What is said aside in a decision, of all its effects. */
export const remarksOf = (effects: readonly Effect[]): Remark[] => effects.filter((effect) => isOf('remark', effect))
