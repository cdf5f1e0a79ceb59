import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { decideParts, type FileOrder, fileWorker, type PartResult, WorkerDied } from '@laurel/server'
import { CommandFailure, exitCodes } from '../exit.ts'
import { wasInterrupted } from '../terminal/interruption.ts'
import { PARTS, partFiles } from './parts.ts'

export interface Work {
  /** Where the parts lie, and what they have come to so far. */
  readonly folder: string
  readonly order: Omit<FileOrder, 'files'>
  readonly workers: number
  readonly interrupted: AbortSignal
  readonly onPart: (done: number) => void
}

/** Every part of a history once, by several workers; parts that the folder holds results of are not decided again. */
export async function decideFiles({ folder, order, workers, interrupted, onPart }: Work): Promise<PartResult[]> {
  const results = Array.from({ length: PARTS }, (_, part) => resultIn(folder, part))
  const parts = results.flatMap((result, part) => (result === null ? [part] : []))
  let done = PARTS - parts.length
  onPart(done)
  const onResult = (part: number, result: PartResult) => {
    keepResult(folder, part, result)
    results[part] = result
    onPart(++done)
  }
  try {
    await decideParts({
      file: fileWorker,
      task: { ...order, files: partFiles(folder) } satisfies FileOrder,
      parts,
      workers,
      interrupted,
      onResult,
    })
  } catch (error) {
    if (!(error instanceof WorkerDied)) throw error
    throw new CommandFailure(exitCodes.fault, error.message, {
      remedy: 'run it again with --workers 1; if it dies again, please report it',
      cause: error,
    })
  }
  if (interrupted.aborted) throw wasInterrupted()
  return results.filter((result) => result !== null)
}

const resultFile = (folder: string, part: number): string => path.join(folder, `result-${part}.json`)

function resultIn(folder: string, part: number): PartResult | null {
  const file = resultFile(folder, part)
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null
}

/** Whole or not at all: whoever goes on later must not find half of one. */
function keepResult(folder: string, part: number, result: PartResult): void {
  const file = resultFile(folder, part)
  writeFileSync(`${file}.new`, JSON.stringify(result))
  renameSync(`${file}.new`, file)
}
