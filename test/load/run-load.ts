import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { LoadOrder, LoadReport } from './generator.ts'

/** Runs the generator in a process of its own and waits for what it saw. */
export async function runLoad(order: LoadOrder): Promise<LoadReport> {
  const child = fork(fileURLToPath(new URL('./generator.ts', import.meta.url)), [], { stdio: 'inherit' })
  child.send(order)
  const failed = once(child, 'exit').then(([code]) => {
    throw new Error(`the load generator ended with ${code}`)
  })
  const [report] = (await Promise.race([once(child, 'message'), failed])) as [LoadReport]
  failed.catch(() => undefined)
  if (Object.keys(report.otherByStatus).length > 0) {
    throw new Error(`not everything was answered well: ${JSON.stringify(report.otherByStatus)} ${report.firstOther}`)
  }
  return report
}
