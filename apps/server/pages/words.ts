import { type OwnDeed, ownDeedIn, ownSource, type StatementLine } from '@laurel/contract'
import {
  type Asset,
  DAY_MS,
  type DueCause,
  dayOf,
  dueIn,
  isMovementName,
  type SendKind,
  type Timeline,
} from '@laurel/engine'
import type { Movement } from '@laurel/ledger'
import { deliveryIn } from '../decisions/outgoing.ts'
import { amountText, dayInWords } from './html.ts'

/** What ids are called on the pages, in English. What the latest version no longer declares has the name it had last. */

type Texts = Readonly<Record<string, string>>

export const assetName = (timeline: Timeline, asset: string): string =>
  nameOf(
    timeline.map(({ program }) => program.assets.find(({ id }) => id === asset)?.name),
    asset,
  )

/** As the last version declares it that knows it. */
export const assetIn = (timeline: Timeline, asset: string): Asset | undefined =>
  timeline.flatMap(({ program }) => program.assets).findLast(({ id }) => id === asset)
export const scaleIn = (timeline: Timeline, asset: string): number => assetIn(timeline, asset)?.scale ?? 0

/** `12.50 credit`, `1 point` */
export function amountOf(timeline: Timeline, asset: string, amount: number): string {
  const scale = scaleIn(timeline, asset)
  const one = scale === 0 && amount === 1 ? assetIn(timeline, asset)?.counted['en']?.one : undefined
  return `${amountText(amount, scale)} ${one ?? assetName(timeline, asset)}`
}

/** What is counted for a ladder (TIER-1), by the last version that has it: `134.50 USD`, `40 points`, `3 orders`. */
export function measuredText(timeline: Timeline, ladder: string, amount: number): string {
  const program = timeline.findLast((version) => version.program.ladders.some(({ id }) => id === ladder))?.program
  const measure = program?.ladders.find(({ id }) => id === ladder)?.measure
  if (program === undefined || measure === undefined) return amountText(amount)
  const counted = (one: string, many: string) => `${amountText(amount)} ${amount === 1 ? one : many}`
  switch (measure.type) {
    case 'earned':
      return amountOf(timeline, measure.asset, amount)
    case 'spend':
      return `${amountText(amount, program.currency.exponent)} ${program.currency.code}`
    case 'orders':
      return counted('order', 'orders')
    case 'visits':
      return counted('day with a visit', 'days with a visit')
    case 'activities':
      return `${amountText(amount)} × ${wordsOf(measure.name)}`
    case 'referrals':
      return counted('friend', 'friends')
  }
}

/** What a balance is there for. */
export function useOf(kind: Asset['kind']): string {
  switch (kind) {
    case 'spendable':
      return 'can be used now'
    case 'money':
      return 'can be paid with now'
    case 'qualifying':
      return 'collected for the tier'
    case 'stamps':
      return 'collected on a card'
    case 'tickets':
      return 'take part in draws'
  }
}

export const levelName = (timeline: Timeline, ladder: string, level: string): string =>
  nameOf(
    timeline.map(
      ({ program }) => program.ladders.find(({ id }) => id === ladder)?.levels.find(({ id }) => id === level)?.name,
    ),
    level,
  )

export const rewardName = (timeline: Timeline, reward: string): string =>
  nameOf(
    timeline.map(({ program }) => program.rewards.get(reward)?.name),
    reward,
  )

function nameOf(versions: readonly (Texts | undefined)[], id: string): string {
  const texts = versions.findLast((each) => each !== undefined && Object.keys(each).length > 0) ?? {}
  return texts['en'] ?? Object.values(texts)[0] ?? wordsOf(id)
}

/** `full-basket` reads `Full basket`: ladders and rules have no name but their id. */
export function wordsOf(id: string): string {
  const words = id.replaceAll(/[-_]+/g, ' ').trim()
  return words === '' ? id : words.slice(0, 1).toUpperCase() + words.slice(1)
}

/** What a movement between two accounts means to a person. A correction may take it back the way it came (LED-5). */
export function movementText({ from, to, revision }: Pick<StatementLine, 'from' | 'to' | 'revision'>): string {
  // Of a charity or a partner the kind says it.
  const [source, target] = [from, to].map((account) => account.replace(/:.*/, ''))
  const [pair, back] = [`${source} ${target}`, `${target} ${source}`]
  if (isMovement(pair)) return revision === 0 ? wordsByMovement[pair] : `${wordsByMovement[pair]}, corrected`
  return isMovement(back) ? `${wordsByMovement[back]}, undone` : `From ${from} to ${to}`
}

const isMovement = (pair: string): pair is Movement => Object.hasOwn(wordsByMovement, pair)

const wordsByMovement: Readonly<Record<Movement, string>> = {
  'issued pending': 'Earned, pending',
  'issued active': 'Earned',
  'issued adjusted': 'Shortfall waived no more',
  'issued charity': 'Earned for a charity',
  'issued partner': 'Settled with the partner: taken back',
  'opening pending': 'Brought along from before, pending',
  'opening active': 'Brought along from before',
  'pending active': 'Became usable',
  'pending issued': 'Taken back',
  'pending forfeited': 'Forfeited while pending',
  'pending transit': 'Went to another member, pending',
  'pending charity': 'Given to a charity while pending',
  'active held': 'Held for a reward',
  'active debt': 'Repaid',
  'active redeemed': 'Used',
  'active issued': 'Taken back',
  'active expired': 'Lapsed',
  'active adjusted': 'Taken by hand',
  'active forfeited': 'Forfeited',
  'active transit': 'Went to another member',
  'active charity': 'Given to a charity',
  'active partner': 'Used at a partner',
  'held active': 'No longer held',
  'held redeemed': 'Used',
  'held forfeited': 'Forfeited while held',
  'held charity': 'Given to a charity',
  'held partner': 'Used at a partner',
  'debt held': 'Held for a reward, owed',
  'debt redeemed': 'Used, owed',
  'debt issued': 'Taken back, owed',
  'debt adjusted': 'Taken by hand, owed',
  'debt opening': 'Brought along from before, owed',
  'debt transit': 'Went to another member, owed',
  'debt charity': 'Given to a charity, owed',
  'debt partner': 'Used at a partner, owed',
  'redeemed active': 'Returned',
  'redeemed partner': 'Settled with the partner: used there',
  'expired active': 'Given back after lapsing',
  'expired issued': 'Taken back after lapsing',
  'adjusted active': 'Given by hand',
  'adjusted debt': 'Debt waived',
  'adjusted issued': 'Shortfall waived',
  'forfeited issued': 'Taken back after it was forfeited',
  'transit pending': 'Came from another member, pending',
  'transit active': 'Came from another member',
  'transit debt': 'Debt taken over by another member',
  'charity issued': 'Taken back from a charity',
  'partner issued': 'Settled with the partner: earned there',
  'partner redeemed': 'Settled with the partner: returned',
}

/** The rule of a line; null where it is the kind of movement, which the line says already. */
export const ruleText = (rule: string): string | null => (isMovementName(rule) ? null : wordsOf(rule))

/** Why a line came about: time itself (TIME-4), a request or act made here, or an event by its id at the source. */
export function causeText({ cause }: Pick<StatementLine, 'cause'>): string {
  const due = dueIn(cause)
  if (due !== null) return dueText(due)
  // A source has no slash.
  const slash = cause.indexOf('/')
  const [source, id] = [cause.slice(0, slash), cause.slice(slash + 1)]
  if (source !== ownSource) return `${id} from ${source}`
  const own = ownDeedIn(id)
  if (own !== null) return ownText(own.deed, own.of)
  const delivered = deliveryIn(id)
  return delivered === null ? wordsOf(id) : `${ownText(delivered.sent, '')}, from ${delivered.from}`
}

function dueText(due: DueCause): string {
  switch (due.type) {
    case 'lot':
      return `Last day was ${dayText(due.on - 1)}`
    case 'voucher':
      return `A voucher ended on ${dayText(due.on)}`
    case 'membership':
      return `The membership ${wordsOf(due.plan)} ended on ${dayText(dayOf(due.at))}`
    case 'hold':
      return `${due.redemption} was not confirmed in time`
    case 'seat':
      return `The seat was kept until ${dayText(dayOf(due.at))}`
    case 'pending':
      return `Waited until ${dayText(due.on)}`
    case 'referral':
      return `Qualified as a friend on ${dayText(dayOf(due.at))}`
    case 'tier':
      return `${wordsOf(due.ladder)} reviewed on ${dayText(due.on)}`
    case 'left':
      return `Had left, and nobody came back until ${dayText(due.on)}`
    case 'closing':
      return 'The program has ended'
    case 'begin':
      return `Version ${due.version} of the program began`
  }
}

const dayText = (day: number): string => dayInWords(new Date(day * DAY_MS).toISOString())

function ownText(deed: OwnDeed | SendKind, of: string): string {
  const words = deedWords[deed]
  return typeof words === 'string' ? words : words(of.replace(/\/.*/, ''))
}

const BY_STAFF = 'An act of staff'
/** What Laurel does, and what members send each other. A function is told what it happened to. */
const deedWords: Readonly<Record<OwnDeed | SendKind, string | ((of: string) => string)>> = {
  accept: BY_STAFF,
  adjust: BY_STAFF,
  anniversary: 'Anniversary',
  birthday: 'Birthday',
  'called-off': 'What was booked or waited for was called off',
  cancel: (redemption) => `${redemption} was cancelled`,
  confirm: (redemption) => `${redemption} was confirmed`,
  correct: 'The rules of that time were corrected',
  created: 'Was registered',
  draw: (draw) => `Won in the draw ${wordsOf(draw)}`,
  enter: 'Entered a pool',
  erase: 'Was erased',
  extend: BY_STAFF,
  freeze: BY_STAFF,
  gift: 'A gift',
  give: 'A voucher was passed on',
  joined: 'Joined',
  'late-debt': 'Owed only because of what came late',
  leaderboard: (board) => `A rank on the leaderboard ${wordsOf(board)}`,
  leave: 'Left the program',
  merge: 'A merge',
  offer: (offer) => `The offer ${wordsOf(offer)}`,
  out: 'What goes along from a pool',
  override: BY_STAFF,
  pool: 'A request to a pool',
  referral: 'A referral',
  reinstate: BY_STAFF,
  rejoin: 'Came back',
  reserve: (redemption) => `${redemption} was reserved`,
  restore: 'The use of a voucher was undone',
  return: 'A voucher was given back',
  returned: 'Came back, as nobody could receive it',
  review: BY_STAFF,
  revoke: BY_STAFF,
  seat: 'A seat became free',
  short: 'What a pool could not give back',
  spend: 'Paid by a pool',
  suspected: 'Something spoke against a referral',
  unmerge: 'A merge was undone',
  unmerged: 'A merge came to nothing',
  use: 'A voucher was used',
}
