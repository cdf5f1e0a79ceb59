import type { SectionId } from './sentences.ts'

/** A program in plain sentences. */
export interface Explanation {
  readonly title: string
  readonly sections: readonly Section[]
}

export interface Section {
  readonly id: SectionId
  readonly title: string
  readonly parts: readonly Part[]
}

/** One thing of the program and what is said of it. */
export interface Part {
  /** In the document; null where the part is no single thing of it. */
  readonly id: string | null
  /** What people read; null: the sentences speak for themselves. */
  readonly name: string | null
  readonly sentences: readonly Said[]
}

/** What only the business should know is not for members. */
export interface Said {
  readonly text: string
  readonly for: 'everyone' | 'business'
  /** The bonus that it is of, where it stands with the rule that the bonus raises. */
  readonly bonus?: string
}

export const toAll = (text: string): Said => ({ text, for: 'everyone' })
export const toBusiness = (text: string): Said => ({ text, for: 'business' })

/** Nothing for null: what is not in the program is not said. */
export const when = <Value>(value: Value | null | undefined, say: (value: Value) => Said | Said[]): Said[] => {
  if (value === null || value === undefined) return []
  const said = say(value)
  return Array.isArray(said) ? said : [said]
}
