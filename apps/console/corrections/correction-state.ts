import type { CorrectionAnswer } from '@laurel/contract'
import { amountText } from '../words/format.ts'
import { words } from '../words/words.ts'

/** How far a correction has come, in a sentence. */
export function stateOf({ status, parts, members, failure }: CorrectionAnswer): string {
  const said = words.correctionRoom.states
  switch (status) {
    case 'looking':
      return parts.all === 0 ? said.counting : said.looking(amountText(parts.done), amountText(parts.all))
    case 'shown':
      return members.all === 0 ? said.shownForNobody : said.shown
    case 'nothing':
      return said.nothing
    case 'posting':
      return said.posting(amountText(members.posted), amountText(members.all))
    case 'done':
      return said.done(members.all, amountText(members.all))
    case 'cancelled':
      return members.posted === 0 ? said.cancelled : said.cancelledAfter(amountText(members.posted))
    case 'failed':
      return said.failed(failure ?? '')
  }
}
