import { mulDiv } from '../amounts/fraction.ts'
import { type Draft, emit } from '../draft.ts'
import { clearPoints } from '../points/gone.ts'
import type { Program } from '../program/program.ts'
import { assetAt, programAt } from '../program/timeline.ts'
import { release } from '../rewards/redemption.ts'
import { type Closing, isClosed } from './closing.ts'

/** The end of the program for one member (END-1): reservations end, and what is left goes where the program says. */
export function closeMember(draft: Draft, { due, program }: Closing): void {
  const { version } = draft
  for (const hold of draft.member.holds.slice()) release(draft, hold, 'cancelled')
  draft.version = version
  clear(draft, program)
  emit(draft, { on: due, type: 'ended' })
}

/** What an event brings to whom the program has ended for goes the same way, before anything else happens. */
export function clearArrivals(draft: Draft): void {
  const program = programAt(draft.timeline, draft.effective)
  if (!isClosed(program, draft.effective) || draft.member.ended === undefined) return
  const { version } = draft
  draft.version = program.version
  clear(draft, program)
  draft.version = version
}

/** A charity gets what is worth something; status, stamps and tickets are worth nothing to it. */
function clear(draft: Draft, program: Program): void {
  const left = program.closing?.left
  const charity = left?.type === 'charity' ? left.charity : null
  const worthOf = (asset: string) => assetAt(draft.timeline, draft.effective, asset).worth
  const cleared = clearPoints(draft, 'closing', (asset) => (worthOf(asset) === null ? null : charity))
  for (const [asset, amount] of cleared) {
    const worth = worthOf(asset)
    if (charity === null || worth === null) continue
    const minor = mulDiv(amount, worth.minor, worth.amount, 'half-even')
    emit(draft, { type: 'donated', receipt: `${draft.cause}/${asset}`, charity, asset, amount, worth: minor })
  }
}
