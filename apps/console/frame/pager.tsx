import { Button } from '@mantine/core'
import { words } from '../words/words.ts'

/** Back to the first page of a list, and on to the next. */
export const Pager = ({
  label,
  cursor,
  next,
  isBusy = false,
  onGo,
}: {
  readonly label: string
  readonly cursor: string | undefined
  readonly next: string | null
  /** The page that was asked for is not there yet. */
  readonly isBusy?: boolean
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
        <Button variant="default" disabled={isBusy} onClick={() => onGo(next)}>
          {words.next}
        </Button>
      )}
    </nav>
  )
