import { ownDeedIn, ownSource, type StatementLine } from '@laurel/contract'
import { type DueCause, dueIn, isMovementName } from '@laurel/engine'
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
  if (own === null) return wordsOf(id)
  const texts: Readonly<Record<string, string>> = words.deeds
  const text = texts[own.deed] ?? wordsOf(own.deed)
  const of = own.of.replace(/\/.*/, '')
  return of === '' || text === words.deeds.adjust ? text : `${text}, ${of}`
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
      return said.membership(wordsOf(due.plan))
    case 'hold':
      return said.hold(due.redemption)
    case 'seat':
      return said.seat
    case 'pending':
      return said.pending(textOfDay(due.on))
    case 'referral':
      return said.referral
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
