import type { ProgramContext } from '../programs/timeline.ts'
import { bringMerges } from './bring-merge.ts'
import { Lane } from './lane.ts'
import { MemberCache } from './member-cache.ts'
import type { Answer, Moved, Submission } from './submission.ts'
import { eventTaskOf, timeTaskOf } from './task.ts'
import { Turns } from './turns.ts'

/** The only way to write a decision: everything that happens to members goes through it. */
export interface Recorder {
  /**
   * Resolves when the event is durable, or answered without being written. Concurrent calls share transactions. Rejects
   * only where the database is lost (`DatabaseFailure`) or the recorder is closed (`RecorderClosed`): the same event may
   * always be sent again.
   */
  record(submission: Submission): Promise<Answer>
  /**
   * Many at once, answered in their order; events of one member are decided in the order given. What is for a member that was
   * merged goes on to the other one by one, and may pass its neighbours (MRG-1).
   */
  recordMany(submissions: readonly Submission[]): Promise<Answer[]>
  /** Lets time pass for members with something due; nothing is stored where nothing fires. How many decisions it made. */
  passTime(members: readonly { readonly program: string; readonly member: string }[]): Promise<number>
  /** Takes nothing more, and waits until all that was taken is answered. */
  close(): Promise<void>
}

/** A context that can record. */
export interface RecordingContext extends ProgramContext {
  readonly recorder: Recorder
}

export class RecorderClosed extends Error {
  override readonly name = 'RecorderClosed'

  constructor() {
    super('the recorder takes nothing more')
  }
}

export interface RecorderOptions {
  /** Transactions at one time, each on a connection of its own. */
  readonly lanes?: number
  /** Characters of member states that are kept in memory, over all lanes. */
  readonly cacheWeightMax?: number
  /** Something for another member is durable in the outbox. */
  readonly onSent?: () => void
}

/**
 * While one transaction waits for the disk, another decides: two keep two cores busy. More only make the batches smaller.
 */
const LANES = 2

/** Some 1,000 members: those who come again within seconds or minutes. */
const CACHE_WEIGHT_MAX = 2 * 1024 * 1024

/**
 * From a member that was merged to the one that remains (MRG-1), and back where that was undone meanwhile. Two that are merged
 * into each other at once lead in a circle, until one of the merges finds nobody.
 */
const HOPS_MAX = 12

export function createRecorder(context: ProgramContext, options: RecorderOptions = {}): Recorder {
  const count = options.lanes ?? LANES
  const weight = (options.cacheWeightMax ?? CACHE_WEIGHT_MAX) / count
  const turns = new Turns()
  const onSent = options.onSent ?? (() => undefined)
  const lanes = Array.from({ length: count }, () => new Lane(context, new MemberCache(weight), turns, onSent))
  let closed: Promise<void> | null = null

  const laneOf = (bucket: number): Lane => {
    const lane = lanes[bucket % count]
    if (lane === undefined) throw new Error('a recorder has at least one lane')
    return lane
  }

  const recordAs = (submission: Submission): Promise<Answer | Moved> => {
    if (closed !== null) return Promise.reject(new RecorderClosed())
    const { promise, resolve, reject } = Promise.withResolvers<Answer | Moved>()
    try {
      const task = eventTaskOf(submission, resolve, reject)
      laneOf(task.bucket).add(task)
    } catch (error) {
      reject(error)
    }
    return promise
  }

  const record = async (submission: Submission): Promise<Answer> => {
    const { program, member } = submission
    let at = member
    for (let hops = 0; hops < HOPS_MAX; hops++) {
      const answer = await recordAs(at === member ? submission : { ...submission, member: at, via: member })
      if (answer.status !== 'moved') return answer
      await bringMerges(context, record, program, at, answer.to)
      at = answer.to
    }
    return {
      status: 'rejected',
      code: 'merged-in-a-circle',
      detail: 'it is merged and unmerged right now; send it again',
    }
  }

  return {
    record,
    recordMany: (submissions) => Promise.all(submissions.map(record)),
    async passTime(members) {
      if (closed !== null) throw new RecorderClosed()
      const fired = await Promise.all(
        members.map(({ program, member }) => {
          const { promise, resolve, reject } = Promise.withResolvers<boolean>()
          const task = timeTaskOf(program, member, resolve, reject)
          laneOf(task.bucket).add(task)
          return promise
        }),
      )
      return fired.filter((each) => each).length
    },
    close() {
      closed ??= Promise.all(lanes.map((lane) => lane.close())).then(() => undefined)
      return closed
    },
  }
}
