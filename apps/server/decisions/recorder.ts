import type { ProgramContext } from '../programs/timeline.ts'
import type { Answer, Submission } from './submission.ts'

/** The only way to write a decision: everything that happens to members goes through it. */
export interface Recorder {
  /**
   * Resolves when the event is durable, or answered without being written. Concurrent calls share transactions. Rejects
   * only where the database is lost (`DatabaseFailure`) or the recorder is closed (`RecorderClosed`): the same event may
   * always be sent again.
   */
  record(submission: Submission): Promise<Answer>
  /** Many at once, answered in their order; events of one member are decided in the order given. */
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
}
