import { createHash } from 'node:crypto'

/** What decides who wins a draw, and under which names the entrants stand in it. */
export interface Lot {
  readonly seed: Buffer
  readonly salt: Buffer
}

/** A server draws both by lot before anybody enters; in a story they follow from its word, so that it ends the same each time. */
export function lotOfStory(word: string | null): Lot {
  const of = word ?? 'a seed that nobody chose'
  return { seed: hashOf(of), salt: hashOf(`salt ${of}`) }
}

const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest()
