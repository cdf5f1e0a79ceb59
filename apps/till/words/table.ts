import type { en } from './en.ts'

/** A table says the same things as the English one, and may say them with other functions of the same arguments. */
type Said<Table> = {
  readonly [Key in keyof Table]: Table[Key] extends string
    ? string
    : Table[Key] extends (...given: infer Given) => string
      ? (...given: Given) => string
      : Said<Table[Key]>
}
export type Words = Said<typeof en>
