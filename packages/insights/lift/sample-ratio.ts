import { logBeta } from '../numbers/gamma.ts'

export interface SampleRatio {
  readonly type: 'as-planned' | 'off'
  readonly treated: number
  readonly heldOut: number
  /** The share that was to be held out. */
  readonly planned: number
  /** How likely a split as odd as this one would ever come about by chance, however often one looks. */
  readonly chance: number
}

// Somebody looks at every experiment every day: of a hundred that are drawn well one is ever called off.
const ALARM = 0.01
// The weight of what was planned against what is seen, in members: sees an excess of some percent soonest.
const WEIGHT = 100

/**
 * Whether as many members are held out as were to be: where they are not, the draw or the counting is broken, and no figure of the
 * experiment means what it says. A mixture over other shares against the planned one, and so good at every look (Lindon & Malek,
 * "Anytime-valid inference for multinomial count data", NeurIPS 2022, theorem 3.1 for two outcomes). `planned` is above 0 and below 1.
 */
export function sampleRatio(treated: number, heldOut: number, planned: number): SampleRatio {
  const [a, b] = [WEIGHT * planned, WEIGHT * (1 - planned)]
  const mixture = logBeta(a + heldOut, b + treated) - logBeta(a, b)
  const chance = Math.min(1, Math.exp(heldOut * Math.log(planned) + treated * Math.log1p(-planned) - mixture))
  return { type: chance < ALARM ? 'off' : 'as-planned', treated, heldOut, planned, chance }
}
