import { type Effect, localText } from '@laurel/engine'

interface ToldEffect {
  readonly type: string
  readonly [field: string]: unknown
}

/** An effect as it is answered: whoever reads a line of the ledger must not take the program's clock for an instant. */
export const tellEffect = (effect: Effect): ToldEffect =>
  effect.type === 'move' ? { ...effect, effective: localText(effect.effective) } : { ...effect }

export const tellEffects = (effects: readonly Effect[]): ToldEffect[] => effects.map(tellEffect)
