import { currencyExponentOf, type EventToSend } from '@laurel/contract'
import { CommandFailure, exitCodes } from '../exit.ts'
import { eventsOfMember } from './history-events.ts'
import { groupInvoices } from './invoices.ts'
import type { Mapping } from './mapping.ts'
import { type Matching, newMatching } from './match-cancellations.ts'
import { newTally, readLines, type Tally } from './read-lines.ts'
import type { MemberEvents } from './send-history.ts'

/** A shop's file as events, members in order of their ids. */
export interface ShopHistory {
  readonly members: readonly MemberEvents[]
  readonly tally: Tally
  readonly matching: Matching
  readonly exponent: number
}

export async function readHistory(
  file: string,
  mapping: Mapping,
  onBytes: (bytes: number) => void = () => {},
): Promise<ShopHistory> {
  const exponent = exponentOf(mapping)
  const tally = newTally()
  const matching = newMatching()
  const members: MemberEvents[] = []
  for await (const each of readMembers(file, mapping, { tally, matching, onBytes })) members.push(each)
  return { members, tally, matching, exponent }
}

interface Counting {
  readonly tally: Tally
  readonly matching: Matching
  readonly onBytes?: (bytes: number) => void
}

/** One member after another, for whoever lets go of each; the counts are whole at the end. */
export async function* readMembers(
  file: string,
  mapping: Mapping,
  { tally, matching, onBytes = () => {} }: Counting,
): AsyncGenerator<{ readonly member: string; readonly events: readonly EventToSend[] }> {
  const exponent = exponentOf(mapping)
  const history = await groupInvoices(readLines(file, mapping, exponent, tally, onBytes), tally)
  for (const [member, invoices] of history) {
    yield { member, events: eventsOfMember(invoices, mapping, exponent, matching) }
    history.delete(member)
  }
}

function exponentOf({ currency }: Mapping): number {
  const exponent = currencyExponentOf(currency)
  if (exponent !== undefined) return exponent
  throw new CommandFailure(exitCodes.usage, `"${currency}" is no currency`, {
    place: 'mapping, currency',
    remedy: 'write its ISO 4217 code, as GBP',
  })
}
