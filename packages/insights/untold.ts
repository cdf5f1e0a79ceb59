/**
 * What the records cannot tell: why, as a code that a page can act on, and as a sentence that whoever runs a shop understands. It
 * stands where a number would stand, so that nobody can read a number that is not there.
 */
export interface Untold<Reason extends string> {
  readonly type: 'untold'
  readonly reason: Reason
  readonly sentence: string
}

export const untold = <Reason extends string>(reason: Reason, sentence: string): Untold<Reason> => ({
  type: 'untold',
  reason,
  sentence,
})

/** `1 member`, `2 members`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  count === 1 ? `1 ${one}` : `${count} ${many}`
