import type { Grant, LocalTime, MergeReceived, VersionCorrected } from '@laurel/engine'
import { type Book, balance, post } from './book.ts'
import { type Recorded, tidy } from './time.ts'

/** COR: what was judged by a wrong version. */

interface Said {
  readonly version: number
  readonly placeLocal: LocalTime | undefined
  readonly grants: readonly Grant[] | undefined
}

/** By the name of a fact what was said of it last. */
export type Corrected = ReadonlyMap<string, Said>

/** `since`: what was said of this past when it had become part of another (MRG-1). */
export function correctedIn(events: readonly Recorded[], since: Corrected): Corrected {
  const said = new Map<string, Said>()
  for (const event of tidy(events)) {
    if (event.type !== 'version.corrected') continue
    for (const { fact, placeLocal } of event.facts) {
      const grants = event.granted?.find((each) => each.fact === fact)?.grants
      said.set(fact, { version: event.version, placeLocal, grants })
    }
  }
  return new Map([...said, ...since])
}

/** The event as it should have been judged. */
export function asCorrected(event: Recorded, corrected: Corrected): Recorded {
  const said = corrected.get(`${event.source}/${event.id}`)
  if (said === undefined) return event
  const { version, placeLocal = event.stamp.placeLocal, grants = event.grants } = said
  const again = { ...event, stamp: { ...event.stamp, version, placeLocal } }
  return grants === undefined ? again : { ...again, grants }
}

/** Whether anything that a merge brings was corrected when it had come. */
export const isCorrectedIn = ({ brought }: MergeReceived, corrected: Corrected): boolean =>
  brought.events.some((event) =>
    event.type === 'merge.received' ? isCorrectedIn(event, corrected) : corrected.has(`${event.source}/${event.id}`),
  )

/** What the program bears is nobody's debt any more (COR-3). */
export function bear(book: Book, { source, id, borne }: VersionCorrected): void {
  for (const { asset, amount } of borne ?? []) {
    const whole = Math.min(amount, balance(book, asset, 'debt'))
    post(book, {
      cause: `${source}/${id}`,
      rule: 'shortfall-waived',
      asset,
      from: 'adjusted',
      to: 'debt',
      amount: whole,
    })
  }
}
