import { readdirSync, readFileSync } from 'node:fs'

/** Microseconds of processor time that a server and its database have used so far; null where there is no /proc. */
export interface ProcessorTime {
  readonly server: number
  readonly database: number
}

/** Ticks of /proc, whatever the machine: the kernel shows hundredths of a second to programs. */
const tickUs = 10_000

/** Of processes that are there now: what ended meanwhile (a worker of autovacuum) is left out. */
export function processorTimeOf(server: { readonly pid: number; readonly postgresPid: number | null }) {
  try {
    const database = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => timesOf(Number(name)))
      .filter((times) => times !== null && times.parent === server.postgresPid)
      .reduce((sum, times) => sum + (times?.us ?? 0), 0)
    return { server: timesOf(server.pid)?.us ?? 0, database }
  } catch {
    return null
  }
}

/** Where the microseconds of each event went: the server's threads, PostgreSQL's processes. */
export function shareText(before: ProcessorTime | null, after: ProcessorTime | null, events: number): string {
  if (before === null || after === null) return 'processor time is not known here'
  const each = (used: number) => (used / events).toFixed(0)
  return `server ${each(after.server - before.server)} µs, PostgreSQL ${each(after.database - before.database)} µs`
}

function timesOf(pid: number): { readonly parent: number; readonly us: number } | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name in parentheses may hold anything; after it come state, parent and, later, user and system time.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return { parent: Number(fields[1]), us: (Number(fields[11]) + Number(fields[12])) * tickUs }
  } catch {
    return null // it has ended
  }
}
