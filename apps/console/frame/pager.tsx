import { Button } from '@mantine/core'
import { words } from '../words/words.ts'

/** Back to the first page of a list, and on to the next. */
export const Pager = ({
  label,
  cursor,
  next,
  onGo,
}: {
  readonly label: string
  readonly cursor: string | undefined
  readonly next: string | null
  readonly onGo: (cursor: string | undefined) => void
}) =>
  cursor === undefined && next === null ? null : (
    <nav className="pages" aria-label={label}>
      {cursor === undefined ? null : (
        <Button variant="default" onClick={() => onGo(undefined)}>
          {words.first}
        </Button>
      )}
      {next === null ? null : (
        <Button variant="default" onClick={() => onGo(next)}>
          {words.next}
        </Button>
      )}
    </nav>
  )
