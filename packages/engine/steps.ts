/** Work with rests in it: at each, whoever does it may do something else before it goes on. */
export type Steps<Result> = Generator<void, Result, void>

/** Does it without a rest. */
export function finished<Result>(work: Steps<Result>): Result {
  let step = work.next()
  while (step.done !== true) step = work.next()
  return step.value
}
