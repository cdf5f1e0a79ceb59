import type { Stamped } from '../stamp.ts'

/** A member's birthday, or the day on which they joined, has come. The date itself is personal and never in an event (LED-9). */
export interface MemberOccasion extends Stamped {
  readonly type: 'member.birthday' | 'member.anniversary'
}
