import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** A folder of its own for a test; `remove` takes it away. Where root runs, PostgreSQL runs as another user: it may pass. */
export function makeTemporaryFolder(purpose: string): { readonly path: string; remove(): void } {
  const folder = mkdtempSync(path.join(tmpdir(), `laurel-${purpose}-`))
  chmodSync(folder, 0o711)
  return { path: folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}
