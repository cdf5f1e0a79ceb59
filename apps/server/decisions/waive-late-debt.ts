import { ownSource } from '@laurel/contract'
import { decide, type Waiver } from '@laurel/engine'
import { transfersOf } from '@laurel/ledger'
import { answerOf } from './answer.ts'
import type { BatchRows, Owner } from './batch-rows.ts'
import { contentOf } from './content.ts'
import { identityOf } from './identity.ts'
import { stamped } from './stamp.ts'
import type { RequestInput } from './submission.ts'
import { type MemberToWrite, writeDecision, writeRows } from './write-decision.ts'

/** The program's own act, named by what came late: told again, it is the same. */
export const waivingOf = (waiver: Waiver): RequestInput => ({
  type: 'debt.waived',
  source: ownSource,
  id: `late-debt/${waiver.asset}/${waiver.because}`,
  actor: ownSource,
  reason: 'late',
  ...waiver,
})

type Written = Pick<MemberToWrite, 'member' | 'transferCount' | 'hash' | 'movements'>

/** Decides and writes the acts by which the program bears what lateness made a member owe (REF-3), after what came late. */
export function writeWaivers(
  rows: BatchRows,
  position: number,
  { owner, timeline, recordedAt }: Pick<MemberToWrite, 'timeline' | 'recordedAt'> & { readonly owner: Owner },
  waivers: readonly Waiver[],
  after: Written,
  now: number,
): Written {
  return waivers.reduce<Written>(({ member: before, transferCount, hash, movements }, waiver) => {
    const input = waivingOf(waiver)
    const content = contentOf(input)
    const submission = { program: owner.program, member: owner.member, event: input }
    const { event } = stamped(submission, content, timeline, before, now)
    const { effects, member } = decide(timeline.timeline, before, event)
    const posting = transfersOf(effects, { balances: before.assets, transferCount })
    const told = { member: owner.member, event, seq: member.seq, effects, answer: null, isLate: false, after: member }
    const head = writeDecision(rows, position, {
      ...{ owner, previous: hash, seq: member.seq, recordedAt },
      event: { event, content, pinned: null },
      effects,
      because: null,
      answer: JSON.stringify(answerOf({ ...told, timeline: timeline.timeline })),
      transfers: posting.transfers,
    })
    rows.addIdentity(owner, identityOf(owner.program, 'event', `${input.source}/${input.id}`), member.seq)
    for (const effect of effects) if (effect.type === 'order') rows.addOrder(owner, effect.key, member.seq)
    writeRows(rows, owner, effects, before, recordedAt)
    return {
      member,
      transferCount: posting.transferCount,
      hash: head,
      movements: [...movements, ...posting.movements],
    }
  }, after)
}
