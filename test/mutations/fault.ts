/**
 * Faults that somebody might well make, each as one change of the engine's source. `find` stands exactly once in the file;
 * where the source moves on, its fault moves with it.
 */
export interface Fault {
  readonly name: string
  /** The rule that it breaks. */
  readonly rule: string
  /** Path inside the engine. */
  readonly file: string
  readonly find: string
  readonly replace: string
}
