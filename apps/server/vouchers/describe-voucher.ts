import type { VoucherAnswer } from '@laurel/contract'
import { dayText, localText, type Reward, type Timeline, type Voucher, voucherOf } from '@laurel/engine'
import type { GatheredMember } from '../members/gather-member.ts'
import type { VoucherRow } from './queries.ts'

/** A voucher's row as of now: time may have ended it since anybody wrote it down. */
export function voucherIn({ timeline, member }: GatheredMember, row: VoucherRow): VoucherAnswer {
  // Our own text, written by the recorder.
  const stored: Voucher = JSON.parse(row.record)
  return describe(timeline, voucherOf(member, row.id) ?? stored, row.last_four)
}

/** On the terms that issued it. */
export function rewardOf(timeline: Timeline, { version, reward }: Pick<Voucher, 'version' | 'reward'>): Reward {
  const program = timeline.find((entry) => entry.program.version === version)?.program
  const found = program?.rewards.get(reward)
  if (found === undefined) throw new Error(`version ${version} has no reward ${reward}`)
  return found
}

function describe(timeline: Timeline, voucher: Voucher, lastFour: string | null): VoucherAnswer {
  const { id, reward, version, status, from, issued, lastDay, left, uses } = voucher
  return {
    id,
    reward,
    kind: rewardOf(timeline, { version, reward }).kind.type,
    status,
    from,
    issued: localText(issued),
    lastDay: lastDay === null ? null : dayText(lastDay),
    left,
    uses: uses.map((use) => ({ ...use })),
    lastFour,
  }
}
