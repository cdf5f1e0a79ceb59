import { open } from 'node:fs/promises'

/** Makes durable which names a folder has; Windows lets nobody ask for it. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
