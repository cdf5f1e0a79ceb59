// `npm run mutations [name]`: plants one fault after another into the engine and lets the auditor look for it. A fault
// that nobody finds is a hole in the tests, and the command fails.
import { spawnSync } from 'node:child_process'
import { faults } from './faults.ts'
import { huntFor } from './hunt.ts'
import { mutantOf } from './mutant.ts'

const stepsMost = 100_000
// An endless loop is a find, too; the slowest honest hunt takes about a minute.
const patienceMs = 300_000
const seed = 1

const asked = process.argv[2]
const one = process.argv[3] === 'here' ? faults.find((fault) => fault.name === asked) : undefined
if (one !== undefined) {
  const found = huntFor(one, mutantOf(one), stepsMost, seed)
  console.log(found === null ? 'nobody noticed' : `after ${found.steps} steps: ${found.difference}`)
  process.exitCode = found === null ? 1 : 0
} else {
  const wanted = faults.filter((fault) => asked === undefined || fault.name.includes(asked))
  const missed = wanted.filter((fault) => {
    const child = spawnSync(process.execPath, [import.meta.filename, fault.name, 'here'], {
      encoding: 'utf8',
      timeout: patienceMs,
    })
    const said = child.error === undefined ? child.stdout.trim() || child.stderr.trim() : 'it never ends'
    console.log(`${fault.rule.padEnd(8)}${fault.name.padEnd(60)}${said.slice(0, 140)}`)
    return child.error === undefined && child.status !== 0
  })
  console.log(`${wanted.length - missed.length} caught, ${missed.length} missed`)
  process.exitCode = missed.length > 0 || wanted.length === 0 ? 1 : 0
}
