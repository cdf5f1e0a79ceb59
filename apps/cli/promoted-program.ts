import { hash } from 'node:crypto'
import { canonicalProgram, renamedProgram } from '@laurel/engine'
import { CommandFailure, exitCodes } from './exit.ts'

/** Which published version a file holds; its first two lines say so. */
export interface Origin {
  readonly program: string
  readonly version: number
  /** SHA-256 of the canonical document: comments and layout may change, the program may not. */
  readonly hash: string
}

const heading = /^# Laurel: ([a-z0-9-]+), version ([1-9]\d{0,8})\n# SHA-256: ([0-9a-f]{64})\n/

/** The document with its origin above it: comments, so that it stays a document. */
export const promotedText = ({ program, version, hash: contentHash }: Origin, document: string): string =>
  `# Laurel: ${program}, version ${version}\n# SHA-256: ${contentHash}\n${document.replace(heading, '')}`

/** Where a promoted file comes from; null: somebody wrote it. Throws where it is not what was promoted. */
export function originOf(file: string, text: string): Origin | null {
  const [, program, version, contentHash] = heading.exec(text) ?? []
  if (program === undefined || contentHash === undefined) return null
  if (hash('sha256', canonicalProgram(text) ?? '') === contentHash)
    return { program, version: Number(version), hash: contentHash }
  throw new CommandFailure(exitCodes.usage, `is not version ${version} of ${program} any more, as its heading says`, {
    place: file,
    remedy: `write it again with "laurel promote --version ${version} --to FILE", or take the first two lines away and publish it as a document of its own`,
  })
}

/** The document as that of another program. */
export function renamed(file: string, text: string, to: string): string {
  const changed = renamedProgram(text, to)
  if (changed !== null) return changed
  throw new CommandFailure(exitCodes.usage, `"${to}" is no id of a program`, {
    place: '--as',
    remedy: `write small letters, digits and "-", or change the id in ${file}`,
  })
}
