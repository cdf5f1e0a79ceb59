import { en } from './en.ts'

/** A table says the same things as the English one, and may say them with other functions of the same arguments. */
type Said<Table> = {
  readonly [Key in keyof Table]: Table[Key] extends string
    ? string
    : Table[Key] extends (...given: infer Given) => string
      ? (...given: Given) => string
      : Table[Key] extends readonly string[]
        ? readonly string[]
        : Said<Table[Key]>
}
export type Words = Said<typeof en>

const tables: Readonly<Record<string, Words>> = { en }

/** Languages of the browser as far as they can be read: some systems say `en-US@posix`, which no formatter takes. */
export const tags: readonly string[] = navigator.languages.flatMap((tag) => {
  const [plain = ''] = tag.split('@')
  return /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/i.test(plain) ? plain : []
})

/** The first language of the browser that there is a table for. */
export const words: Words = tags.map((tag) => tables[tag.slice(0, 2)]).find((table) => table !== undefined) ?? en
