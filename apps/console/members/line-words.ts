import { type OwnDeed, ownDeedIn, ownSource, type StatementLine } from '@laurel/contract'
import { type DueCause, dueIn, isMovementName, isSendKind, type SendKind } from '@laurel/engine'
import { wordsOf } from '../session/vocabulary.ts'
import { dayText } from '../words/format.ts'
import { words } from '../words/words.ts'

/** What a movement between two accounts means to a person. A correction may take it back the way it came (LED-5). */
export function movementText({ from, to, revision }: Pick<StatementLine, 'from' | 'to' | 'revision'>): string {
  // Of a charity or a partner the kind says it.
  const [source, target] = [from, to].map((account) => account.replace(/:.*/, ''))
  const text = movementOf(`${source} ${target}`)
  if (text !== undefined) return revision === 0 ? text : words.ledger.corrected(text)
  const back = movementOf(`${target} ${source}`)
  return back === undefined ? words.ledger.fromTo(from, to) : words.ledger.undone(back)
}

const movementOf = (pair: string): string | undefined => {
  const texts: Readonly<Record<string, string>> = words.movements
  return Object.hasOwn(texts, pair) ? texts[pair] : undefined
}

/** The rule of a line; null where it is the kind of movement, which the line says already. */
export const ruleText = (rule: string): string | null => (isMovementName(rule) ? null : wordsOf(rule))

/** Why a line came about: time itself (TIME-4), an act or request made here, or an event by its id at the source. */
export function causeText({ cause }: Pick<StatementLine, 'cause'>): string {
  const due = dueIn(cause)
  if (due !== null) return dueText(due)
  // A source has no slash.
  const slash = cause.indexOf('/')
  const [source, id] = [cause.slice(0, slash), cause.slice(slash + 1)]
  if (source !== ownSource) return words.ledger.idFrom(id, source)
  const own = ownDeedIn(id)
  if (own !== null) return ownText(own.deed, own.of)
  const delivered = deliveryIn(id)
  return delivered === null ? wordsOf(id) : words.sentBy(words.deeds[delivered.sent], delivered.from)
}

/** With what it happened to, where that says something: of others it is the key of a request. */
function ownText(deed: OwnDeed, of: string): string {
  const [what = ''] = of.split('/')
  switch (deed) {
    case 'cancel':
    case 'confirm':
    case 'reserve':
      return words.deedOf(words.deeds[deed], what)
    case 'draw':
    case 'leaderboard':
    case 'offer':
      return words.deedOf(words.deeds[deed], wordsOf(what))
    default:
      return words.deeds[deed]
  }
}

/** Who sent it and what, by the id of such an event; null: it is none. What an event sends is named for that event. */
function deliveryIn(id: string): { readonly from: string; readonly sent: OwnDeed | SendKind } | null {
  const [, giver, named = ''] = new RegExp(`^(.+)/${ownSource}/(.+)$`).exec(id) ?? []
  const deed = ownDeedIn(named)?.deed
  if (giver !== undefined && deed !== undefined) return { from: giver, sent: deed }
  const [, from = '', kind = ''] = /^(.+?)\/([a-z]+)\//.exec(id) ?? []
  return isSendKind(kind) ? { from, sent: kind } : null
}

const msOfDay = 86_400_000
const textOfDay = (day: number): string => dayText(new Date(day * msOfDay).toISOString())

function dueText(due: DueCause): string {
  const said = words.due
  switch (due.type) {
    case 'lot':
      return said.lot(textOfDay(due.on - 1))
    case 'voucher':
      return said.voucher(textOfDay(due.on))
    case 'membership':
      return said.membership(wordsOf(due.plan), textOfDay(Math.floor(due.at / msOfDay)))
    case 'hold':
      return said.hold(due.redemption)
    case 'seat':
      return said.seat(textOfDay(Math.floor(due.at / msOfDay)))
    case 'pending':
      return said.pending(textOfDay(due.on))
    case 'referral':
      return said.referral(textOfDay(Math.floor(due.at / msOfDay)))
    case 'tier':
      return said.tier(wordsOf(due.ladder), textOfDay(due.on))
    case 'left':
      return said.left(textOfDay(due.on))
    case 'closing':
      return said.closing
    case 'begin':
      return said.begin(String(due.version))
  }
}
