import { parseEvent } from '@laurel/contract'
import { createMember, type Server, type Submission } from '@laurel/server'
import type { Progress } from '../terminal/progress.ts'
import { type DemoLife, generateLife, type Happening, type Setting } from './life.ts'

export interface Filled {
  events: number
  redemptions: number
  /** Redemptions that the program refused, mostly because points had lapsed. */
  redemptionsRefused: number
}

export interface Filling {
  readonly members: number
  readonly progress: Progress
  /** Aborted: no more members begin their lives. */
  readonly interrupted: AbortSignal
}

/** As many members at once as make a request worth its overhead; two such chunks keep the recorder's lanes busy. */
const membersPerChunk = 100
const chunksInFlight = 2

/** Lets the demo's members live their lives through the live path: each event is decided, posted and durable. */
export async function fillDemo(
  { context }: Server,
  program: string,
  setting: Setting,
  { members, progress, interrupted }: Filling,
): Promise<Filled> {
  const filled: Filled = { events: 0, redemptions: 0, redemptionsRefused: 0 }
  let [next, done] = [0, 0]
  const live = async () => {
    while (next < members && !interrupted.aborted) {
      const from = next
      next = Math.min(members, from + membersPerChunk)
      const lives = Array.from({ length: next - from }, (_, offset) => generateLife(setting, from + offset))
      await record(lives)
      await Promise.all(lives.map(introduce))
      done += lives.length
      progress.reach(done)
    }
  }
  const record = async (lives: readonly DemoLife[]) => {
    const submissions = lives.flatMap(({ member, happenings }) =>
      happenings.flatMap((happening) => submissionsOf(program, member.id, setting.source, happening)),
    )
    const answers = await context.recorder.recordMany(submissions)
    answers.forEach((answer, index) => {
      const type = submissions[index]?.event.type
      if (answer.status !== 'recorded' && answer.status !== 'repeated') {
        throw new Error(`the demo's own ${type} was not recorded: ${JSON.stringify(answer)}`)
      }
      filled.events++
      if (type !== 'redemption.confirm') return
      filled.redemptions++
      if (JSON.parse(answer.text).refusal !== undefined) filled.redemptionsRefused++
    })
  }
  // The events made the member; this adds the name, which no event holds (LED-9).
  const introduce = async ({ member: { id, name, email } }: DemoLife) => {
    await createMember(context, program, {
      id,
      profile: { name, email, phone: null, birthday: null },
      segments: [],
      tags: [],
    })
  }
  await Promise.all(Array.from({ length: chunksInFlight }, live))
  return filled
}

/** Reserving and confirming in one step is two requests, the second right after the first. */
function submissionsOf(program: string, member: string, source: string, happening: Happening): Submission[] {
  const history = true
  if (happening.type === 'event') {
    const parsed = parseEvent(happening.event)
    if (!parsed.ok) throw new Error(`the demo made an event that nobody takes: ${JSON.stringify(parsed.errors)}`)
    return [{ program, member, event: parsed.event, history }]
  }
  const { id: redemption, reward, occurredAt } = happening
  const asked = { source, occurredAt, redemption }
  return [
    {
      ...{ program, member, history },
      event: {
        type: 'redemption.reserve',
        id: `${redemption}-reserve`,
        ...asked,
        reward,
        points: null,
        payable: null,
        session: null,
        lastsMs: null,
      },
    },
    { ...{ program, member, history }, event: { type: 'redemption.confirm', id: `${redemption}-confirm`, ...asked } },
  ]
}
