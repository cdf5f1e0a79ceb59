import { z } from 'zod'

/**
 * Why an event is not accepted, and nothing of it is recorded; what is `overdue` is kept for a person. Stable codes, in the order
 * in which they are looked for; details are for people.
 */
export const rejectionCode = z.enum([
  'unknown-program',
  'member-erased',
  'merge-not-undoable',
  'from-the-future',
  'overdue',
  'closed-period',
  'currency-mismatch',
  'unknown-activity',
  'wrong-facts',
  'unknown-membership',
  'unknown-asset',
  'unknown-tier',
  'unknown-benefit',
  'unknown-offer',
  'unknown-member',
  'order-of-another-member',
  'merged-in-a-circle',
])
export type RejectionCode = z.output<typeof rejectionCode>
