import { type Effect, localText } from '@laurel/engine'

/** Effects as they are answered: whoever reads a line of the ledger must not take the program's clock for an instant. */
export const tellEffects = (effects: readonly Effect[]): { type: string; [field: string]: unknown }[] =>
  effects.map((effect) =>
    effect.type === 'move' ? { ...effect, effective: localText(effect.effective) } : { ...effect },
  )
