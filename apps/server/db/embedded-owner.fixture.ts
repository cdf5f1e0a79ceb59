// A Laurel of its own process for the tests: owns the data folder it is given until it is killed, or its input ends.

import { codeOf, messageOf } from './database-failure.ts'
import { openEmbedded } from './embedded.ts'

const [folder = ''] = process.argv.slice(2)
const log = { info: () => undefined, warn: () => undefined, error: () => undefined }
try {
  const embedded = await openEmbedded({ folder, log })
  console.log(JSON.stringify({ serverPid: embedded.pid(), adopted: embedded.adopted }))
  // When the test ends, however it ends, so does its input.
  process.stdin.resume().once('end', () => embedded.stop())
} catch (error) {
  console.log(JSON.stringify({ code: codeOf(error), message: messageOf(error) }))
}
