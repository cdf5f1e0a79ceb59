import type { RefundNoted } from '../effect.ts'
import type { PaymentDisputed } from '../event.ts'
import type { NotedRefund, RefundNotes } from '../member.ts'
import { type MemberPart, namedDifference } from '../member-part.ts'

export const notedPart: MemberPart<RefundNotes, RefundNoted> = {
  apply(state, { refund }) {
    const others = (state.noted ?? []).filter(({ name }) => name !== refund.name)
    if (refund.failed || refund.accepted.length > 0) others.push(refund)
    if (others.length === 0) delete state.noted
    else state.noted = others.sort((a, b) => (a.name < b.name ? -1 : 1))
  },

  difference: ({ noted: before }, { noted: after }) =>
    namedDifference(
      before,
      after,
      ({ name }) => name,
      (refund, name) => ({
        type: 'refund-noted',
        refund: refund ?? { name, accepted: [], failed: false },
      }),
    ),
}

export const notedOf = (state: RefundNotes, name: string): NotedRefund | undefined =>
  state.noted?.find((refund) => refund.name === name)

/** A refund is named by its event, a dispute by its own id, through its states. */
export const refundNameOf = (event: { readonly source: string; readonly id: string } | PaymentDisputed): string =>
  'dispute' in event ? `dispute/${event.source}/${event.dispute}` : `${event.source}/${event.id}`
