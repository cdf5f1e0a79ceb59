import type { LocalTime } from '../../time/local.ts'

/** Text by language tag. */
export type Texts = Readonly<Record<string, string>>

/** Whom and where something is for: of each list any one must hold, an empty list asks nothing, and nothing of `not` may hold. */
export interface Audience extends Traits {
  readonly not: Traits
  readonly places: readonly string[]
  readonly channels: readonly string[]
  /** Of the place where it happens. */
  readonly partners: readonly string[]
}

/** What members are or have. */
export interface Traits {
  readonly tiers: readonly LevelOf[]
  readonly segments: readonly string[]
  readonly tags: readonly string[]
  /** Plans of which the member has a running membership. */
  readonly memberships: readonly string[]
  readonly badges: readonly string[]
}

/** A level of a ladder. */
export interface LevelOf {
  readonly ladder: string
  readonly level: string
}

/** By the wall clock of the order's place. `from` counts, `through` is the first moment after the end. */
export interface During {
  readonly from: LocalTime | null
  readonly through: LocalTime | null
  /** 0 = Monday; null: every day. */
  readonly weekdays: ReadonlySet<number> | null
  /** Milliseconds of the day, half-open; may wrap midnight when `from` > `to`. */
  readonly hours: { readonly from: number; readonly to: number } | null
  /** Local days that are left out. */
  readonly except: ReadonlySet<number>
}
