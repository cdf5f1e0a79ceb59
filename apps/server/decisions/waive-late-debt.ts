import { ownIdentity, ownSource } from '@laurel/contract'
import { decide, type Waiver } from '@laurel/engine'
import { transfersOf } from '@laurel/ledger'
import { contentOf } from './content.ts'
import type { AtHand } from './decide-batch.ts'
import { identityOf } from './identity.ts'
import type { Owner } from './owner.ts'
import { stamped } from './stamp.ts'
import type { RequestInput } from './submission.ts'
import { writeDecision } from './write-decision.ts'
import type { MemberToWrite } from './write-member.ts'

/** The program's own act, named by what came late: told again, it is the same. */
export const waivingOf = (waiver: Waiver): RequestInput => ({
  type: 'debt.waived',
  ...ownIdentity(`late-debt/${waiver.asset}/${waiver.because}`),
  actor: ownSource,
  reason: 'late',
  ...waiver,
})

type Written = Pick<MemberToWrite, 'member' | 'transferCount' | 'hash' | 'movements'>

/** Decides and writes the acts by which the program bears what lateness made a member owe (REF-3), after what came late. */
export function writeWaivers(
  { gathered, rows, now }: Omit<AtHand, 'rooms'>,
  { owner, timeline, recordedAt }: Pick<MemberToWrite, 'timeline' | 'recordedAt'> & { readonly owner: Owner },
  waivers: readonly Waiver[],
  after: Written,
): Written {
  return waivers.reduce<Written>(({ member: before, transferCount, hash, movements }, waiver) => {
    const input = waivingOf(waiver)
    const content = contentOf(input)
    const submission = { program: owner.program, member: owner.member, event: input }
    const { event } = stamped({ submission, content, timeline, member: before, now: now(owner.program) })
    const { effects, member } = decide(timeline.timeline, before, event)
    const posting = transfersOf(effects, { balances: before.assets, transferCount })
    const written = writeDecision(rows, gathered.position, {
      owner,
      previous: hash,
      seq: member.seq,
      recordedAt,
      event: {
        event,
        content,
        pinned: null,
        identities: [identityOf(owner.program, 'event', `${input.source}/${input.id}`)],
        brings: [],
        answered: { effects, answer: null, isLate: false, timeline: timeline.timeline, elsewhere: [] },
        by: ownSource,
      },
      before,
      after: member,
      effects,
      because: null,
      transfers: posting.transfers,
    })
    return {
      member,
      transferCount: posting.transferCount,
      hash: written.hash,
      movements: [...movements, ...posting.movements],
    }
  }, after)
}
