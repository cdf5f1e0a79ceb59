import { beginVersionIn } from '../decisions/begin-versions.ts'
import { endProgram } from '../decisions/end-programs.ts'
import { letTimePassIn } from '../decisions/let-time-pass.ts'
import type { RecordingContext } from '../decisions/recorder.ts'
import { closeDrawsIn } from '../draws/close-draws.ts'
import { takeResultsIn } from '../leaderboards/take-results.ts'
import { keepOccasionsIn } from '../occasions/keep-occasions.ts'
import { offerSeatsIn } from '../seats/offer-seats.ts'

/** What one thing sets off another time fires at once, and so on: further than so far nothing has ever led. */
const ROUNDS_MAX = 16

export interface Firing {
  /** Versions whose beginning was seen to, by this server. */
  readonly walked: Set<string>
  /** Brings what members of the program have sent each other. */
  readonly deliver: (program: string) => Promise<void>
  /** Standings are taken: a day begins, or it is the last stop. */
  readonly takesResults: boolean
}

/** What the jobs that sandboxes have at stops do for one program, by the name of the job. */
export const atStops = {
  'begin-versions': beginVersionIn,
  'let-time-pass': letTimePassIn,
  'end-programs': endProgram,
  'offer-seats': offerSeatsIn,
  'close-draws': closeDrawsIn,
  'keep-occasions': keepOccasionsIn,
  'take-results': takeResultsIn,
} as const

/**
 * Does for one sandbox what jobs do for all other programs, as of its clock (SBX-3). Done again at the same moment it does nothing.
 * How often time did something to a member.
 */
export async function fireDue(context: RecordingContext, program: string, firing: Firing): Promise<number> {
  let fired = 0
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const now =
      (await atStops['begin-versions'](context, program, firing.walked)) +
      (await atStops['let-time-pass'](context, program)) +
      (await atStops['end-programs'](context, program))
    // Before the clock goes on: what was sent on one day must not arrive on another.
    await firing.deliver(program)
    const kept = await atStops['offer-seats'](context, program)
    fired += now
    if (now + kept === 0) break
  }
  await atStops['close-draws'](context, program)
  await atStops['keep-occasions'](context, program)
  if (firing.takesResults) await atStops['take-results'](context, program)
  await firing.deliver(program)
  return fired
}
