// Builds one app with Vite: `node build-face.ts <folder of the app> <folder of the build>`. Started by `built-faces.ts`.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { build } from 'vite'

const [, , app = '', folder = ''] = process.argv
try {
  await build({
    root: app,
    configFile: path.join(app, 'vite.config.ts'),
    logLevel: 'silent',
    build: { outDir: folder, emptyOutDir: true },
  })
} catch (error) {
  // In one piece, for the line that is shown to whoever starts the server.
  process.stderr.write(error instanceof Error ? error.message : String(error))
  process.exit(1)
}

/** Below it the header of the packed answer is longer than what is saved. */
const packedFrom = 1024
/** Of 11: the last two steps take ten times as long for three percent. */
const quality = 9

for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !/\.(js|css|svg)$/.test(entry.name)) continue
  const file = path.join(entry.parentPath, entry.name)
  const bytes = readFileSync(file)
  if (bytes.length < packedFrom) continue
  writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } }))
}
