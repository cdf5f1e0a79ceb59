import { z } from 'zod'
import { LinesFile } from '../files/lines-file.ts'

/** Somebody who is forgotten, as the file says it: a line of JSON each. */
export interface ErasedLine {
  readonly program: string
  readonly member: string
  /** ISO 8601 */
  readonly erasedAt: string
}

const erasedLine = z.strictObject({
  program: z.string().min(1),
  member: z.string().min(1),
  erasedAt: z.iso.datetime({ offset: true }),
})

/** The list of erased members cannot be read: who should be forgotten is not known, so nothing may open. */
export class ErasedListInvalid extends Error {
  override readonly name = 'ErasedListInvalid'
  readonly path: string
  readonly line: number

  constructor(path: string, line: number) {
    super(
      `Line ${line} of ${path} is no erased member: it must be like {"program":"club","member":"m1","erasedAt":"2026-03-31T12:00:00Z"}.`,
    )
    this.path = path
    this.line = line
  }
}

/**
 * `erased.ndjson` beside the database: who is erased, kept where a backup of the database alone does not reach. Put there from
 * outside it tells a restored backup whom to forget again (LED-9).
 */
export class ErasedFile {
  readonly #file: LinesFile

  constructor(path: string) {
    this.#file = new LinesFile(path)
  }

  /** Throws `ErasedListInvalid` for a line that cannot be understood. */
  async read(): Promise<ErasedLine[]> {
    return (await this.#file.read()).flatMap((text, index) =>
      text.trim() === '' ? [] : [this.#parse(text, index + 1)],
    )
  }

  /** Adds those that are not there yet. */
  async append(members: readonly ErasedLine[]): Promise<void> {
    await this.#file.append((known) => {
      const names = new Set(
        known.flatMap((text, index) => (text.trim() === '' ? [] : [nameOf(this.#parse(text, index + 1))])),
      )
      return members
        .filter((line) => !names.has(nameOf(line)))
        .map(({ program, member, erasedAt }) => JSON.stringify({ program, member, erasedAt }))
    })
  }

  #parse(text: string, line: number): ErasedLine {
    try {
      return erasedLine.parse(JSON.parse(text))
    } catch {
      throw new ErasedListInvalid(this.#file.path, line)
    }
  }
}

export const nameOf = ({ program, member }: Pick<ErasedLine, 'program' | 'member'>): string => `${program}\0${member}`
