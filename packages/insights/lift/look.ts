import { ERROR_MIN } from '../estimate.ts'
import { normalBelow } from '../numbers/normal.ts'

/**
 * When the figures of an experiment are looked at. `once`: at one moment that was fixed before it began. `any-time`: whenever
 * somebody likes, every day and with a decision after each look; the intervals are wider, and tightest where they hold as many
 * members, treated and held out, as were planned. That number is fixed before it begins, too.
 */
export type Look = { readonly type: 'once' } | { readonly type: 'any-time'; readonly membersPlanned: number }

/**
 * The error at which an interval for one look has to be taken now, so that all looks together miss with the chance `error`: the
 * confidence sequence of Waudby-Smith, Arbour, Sinha, Kennedy & Ramdas ("Time-uniform central limit theory and asymptotic
 * confidence sequences", Annals of Statistics 52, 2024, theorem 2.2, with the mixture of appendix B.2), which is also the mixture
 * test of Johari, Koomen, Pekelis & Walsh ("Always valid inference", Operations Research 70, 2022), written as a critical value.
 */
export function errorAt(look: Look, members: number, error: number): number {
  switch (look.type) {
    case 'once':
      return error
    case 'any-time': {
      const doubled = -2 * Math.log(error)
      const mixture = (doubled + Math.log1p(doubled)) / look.membersPlanned
      const clock = members * mixture
      const square = 2 * (1 + 1 / clock) * (Math.log1p(clock) / 2 - Math.log(error))
      // Until about a fortieth of the planned members are there theory wants still less; such looks add nothing to the error.
      return Math.max(ERROR_MIN, 2 * normalBelow(-Math.sqrt(square)))
    }
  }
}
