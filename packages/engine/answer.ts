import { type Draft, emit } from './draft.ts'
import type { Refusal, RefusalCode, RequestAnswer } from './refusal.ts'

export const granted = (asset: string, amount: number): RequestAnswer => ({ granted: true, asset, amount })

export const refusalOf = (code: RefusalCode, shortBy: number | null = null): Refusal => ({ code, shortBy })

export const no = (code: RefusalCode, shortBy: number | null = null): RequestAnswer => ({
  granted: false,
  refusal: { code, shortBy },
})

/** The program says no: with an effect, so that it stands in the history. */
export function refuse(draft: Draft, refusal: Refusal): RequestAnswer {
  emit(draft, { type: 'refused', refusal })
  return { granted: false, refusal }
}
