import { minorText } from '../terminal/money-text.ts'
import { countOf, countText } from '../terminal/terminal.ts'
import type { ShopHistory } from './read-shop-history.ts'

/** What was found in a shop's file, for machines. */
export function historyDocument({ members, tally, matching }: ShopHistory) {
  const events = members.flatMap((one) => one.events)
  const orders = events.filter((event) => event.type === 'order.paid').length
  return { members: members.length, orders, refunds: events.length - orders, lines: tally, cancellations: matching }
}

/** Also a file that broke off before its first line looks like this, so it is said before anything else. */
export const nothingIn = 'the file has no lines: there is nothing in it'

/** The same for people: every line of the file is in one of the numbers. */
export function historyText(history: ShopHistory): string {
  const { members, tally, matching, exponent } = history
  if (tally.lines === 0) return nothingIn
  const found = historyDocument(history)
  const line = (count: number, what: string) => `${countText(count).padStart(12)}  ${what}`
  const cancelled = matching.fully + matching.partly + matching.not + matching.byName
  return [
    line(tally.lines, 'lines'),
    line(tally.sold, `sell to ${countOf(members.length, 'member')}, in ${countOf(found.orders, 'order')}`),
    ...(cancelled === 0
      ? []
      : [
          line(tally.cancelled, 'cancel'),
          line(matching.fully, '  matched to a purchase'),
          line(matching.partly, '  in part'),
          ...(matching.byName === 0
            ? []
            : [line(matching.byName, '  sent with the order they name, which this file does not account for')]),
          line(matching.not, `  not at all; ${minorText(matching.unmatchedMinor, exponent)} wait for a person`),
          ...(matching.byCode === 0
            ? []
            : [
                line(
                  matching.byCode,
                  '  of these matched by member and code, as they name no order: import this file whole',
                ),
              ]),
        ]),
    ...(tally.shownTwice === 0
      ? []
      : [line(tally.shownTwice, '  in an hour that clocks showed twice: taken for the first time')]),
    line(tally.withoutMember, 'name no member'),
    ...Object.entries(tally.leftOut).map(([reason, count]) => line(count, `left out: ${reason}`)),
    line(tally.rejected, 'rejected'),
    ...tally.rejections
      .slice(0, shownMax)
      .map(({ fileLine, column, reason }) => `              line ${fileLine}, ${column}: ${reason}`),
    ...(tally.rejected > shownMax ? ['              …'] : []),
  ].join('\n')
}

const shownMax = 10
