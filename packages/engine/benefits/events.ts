import type { Stamped } from '../stamp.ts'

/** A shop has let a member use a benefit: shipping was free, a film was watched. */
export interface BenefitUsed extends Stamped {
  readonly type: 'benefit.used'
  readonly benefit: string
  /** Minor units that it was worth; null: what the program states. */
  readonly worth: number | null
}
