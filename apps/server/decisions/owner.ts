import { int4s, texts } from '../db/binary-array.ts'

/** Whose rows these are. */
export interface Owner {
  readonly bucket: number
  readonly program: string
  readonly member: string
}

/** As three columns of a statement. */
export const ownersOf = (rows: readonly Owner[]): Buffer[] => [
  int4s(rows.map(({ bucket }) => bucket)),
  texts(rows.map(({ program }) => program)),
  texts(rows.map(({ member }) => member)),
]
