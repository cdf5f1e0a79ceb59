import type { MemberPart } from '../member-part.ts'
/** What a member's state holds of benefits; absent: none was used yet. */
export interface BenefitState {
  benefitUses?: readonly BenefitUses[]
}

/** Uses of one benefit in one calendar year. */
export interface BenefitUses {
  readonly benefit: string
  readonly year: number
  readonly times: number
  /** Minor units of all of them. */
  readonly worth: number
}

export interface BenefitUseCounted {
  readonly type: 'benefit-used'
  readonly benefit: string
  readonly year: number
  readonly times: number
  readonly worth: number
}

export const benefitPart: MemberPart<BenefitState, BenefitUseCounted> = {
  apply(state, { benefit, year, times, worth }) {
    const isSame = (uses: BenefitUses): boolean => uses.benefit === benefit && uses.year === year
    const known = state.benefitUses?.find(isSame)
    const others = (state.benefitUses ?? []).filter((uses) => !isSame(uses))
    const uses = { benefit, year, times: (known?.times ?? 0) + times, worth: (known?.worth ?? 0) + worth }
    const all = uses.times === 0 ? others : [...others, uses]
    if (all.length === 0) delete state.benefitUses
    else state.benefitUses = all.sort((a, b) => a.year - b.year || (a.benefit < b.benefit ? -1 : 1))
  },

  /** A late one is more of them; those that a merge has brought go with it. */
  difference({ benefitUses: before = [] }, { benefitUses: after = [] }) {
    const of = (all: readonly BenefitUses[], { benefit, year }: BenefitUses) =>
      all.find((uses) => uses.benefit === benefit && uses.year === year) ?? { times: 0, worth: 0 }
    const gone = before.filter((uses) => of(after, uses).times === 0)
    return [...gone, ...after].flatMap((uses): BenefitUseCounted[] => {
      const { benefit, year } = uses
      const [was, is] = [of(before, uses), of(after, uses)]
      const more = { times: is.times - was.times, worth: is.worth - was.worth }
      return more.times === 0 ? [] : [{ type: 'benefit-used', benefit, year, ...more }]
    })
  },
}
