import type { ByStaff } from '../stamp.ts'

/** Two members are one person: this one goes into another (MRG-1). The last entry of its chain. */
export interface MemberMerged extends ByStaff {
  readonly type: 'member.merged'
  /** Id of the member that remains. */
  readonly to: string
  /** Head of that member's chain at the time, lower-case hex: from here on the one continues the other. */
  readonly head: string
}

/** It was a mistake: both are again what they would be without it. Of both members. */
export interface MergeUndone extends ByStaff {
  readonly type: 'merge.undone'
  readonly merge: string
  /** Id of the other one, who is to hear of it; null: this one has heard. */
  readonly tell: string | null
}
