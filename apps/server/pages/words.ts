import { ownSource, type StatementLine } from '@laurel/contract'
import { type Asset, DAY_MS, type Timeline } from '@laurel/engine'
import type { Movement } from '@laurel/ledger'
import { dayInWords } from './html.ts'

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
export const ruleText = (rule: string): string | null => (movements.has(rule) ? null : wordsOf(rule))

/** What the engine itself calls a movement that no rule of the program made. */
const movements = new Set([
  'activate',
  'adjust',
  'cancel',
  'closing',
  'confirm',
  'expire',
  'forfeit',
  'reinstate',
  'repay',
  'reserve',
  'return',
  'return-undone',
  'time-out',
  'write-off',
])

/** Why a line came about: time itself (TIME-4), a request or act made here, or an event by its id at the source. */
export function causeText({ cause }: Pick<StatementLine, 'cause'>): string {
  const [, kind = '', thing = '', day = ''] = /^(lot|pending|tier|hold)\/(.+)\/(\d+|time-out)$/.exec(cause) ?? []
  const gone = /^left\/(\d+)$/.exec(cause)
  if (cause.startsWith('closing/')) return 'The program has ended'
  if (gone !== null) return `Had left, and nobody came back until ${dayText(Number(gone[1]))}`
  switch (kind) {
    case 'lot':
      return `Last day was ${dayText(Number(day) - 1)}`
    case 'pending':
      return `Waited until ${dayText(Number(day))}`
    case 'tier':
      return `${wordsOf(thing)} reviewed on ${dayText(Number(day))}`
    case 'hold':
      return `${thing} was not confirmed in time`
    default:
      return eventText(cause)
  }
}

const dayText = (day: number): string => dayInWords(new Date(day * DAY_MS).toISOString())

function eventText(cause: string): string {
  // A source has no slash.
  const slash = cause.indexOf('/')
  const [source, id] = [cause.slice(0, slash), cause.slice(slash + 1)]
  if (source !== ownSource) return `${id} from ${source}`
  const [what = '', ...rest] = id.split('/')
  const deed = deeds[what]
  return deed === undefined ? wordsOf(what) : deed(rest[0] ?? '')
}

const byStaff = () => 'An act of staff'
const deeds: Readonly<Record<string, (redemption: string) => string>> = {
  reserve: (redemption) => `${redemption} was reserved`,
  confirm: (redemption) => `${redemption} was confirmed`,
  cancel: (redemption) => `${redemption} was cancelled`,
  adjust: byStaff,
  extend: byStaff,
  reinstate: byStaff,
  override: byStaff,
  accept: byStaff,
  leave: () => 'Left the program',
  rejoin: () => 'Came back',
  freeze: byStaff,
  erase: () => 'Was erased',
}
