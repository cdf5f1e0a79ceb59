import type { Steps } from '@laurel/engine'

/** Long enough that little is lost between two, short enough that whoever else is served hardly notices. */
const SLICE_MS = 5

/** Does long work bit by bit: between two slices the event loop serves everybody else. */
export async function inSlices<Result>(work: Steps<Result>): Promise<Result> {
  let end = performance.now() + SLICE_MS
  for (let step = work.next(); ; step = work.next()) {
    if (step.done === true) return step.value
    if (performance.now() < end) continue
    await new Promise((resolve) => setImmediate(resolve))
    end = performance.now() + SLICE_MS
  }
}
