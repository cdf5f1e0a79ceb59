import { NativeSelect, TextInput } from '@mantine/core'
import { words } from '../words/words.ts'
import { beginningOf, withBeginning } from './document-places.ts'

/** What a draft is for, and from when on it counts: the latter stands in the document itself. */
export function DraftSettings({
  document,
  note,
  onWrite,
  onNote,
}: {
  readonly document: string
  readonly note: string
  readonly onWrite: (document: string) => void
  readonly onNote: (note: string) => void
}) {
  const said = words.programRoom
  const from = beginningOf(document)
  const day = from === null || from === 'always' ? '' : from.slice(0, 10)
  return (
    <div className="draft-settings">
      <TextInput
        label={said.note}
        value={note}
        maxLength={2000}
        onChange={({ currentTarget }) => onNote(currentTarget.value)}
      />
      <NativeSelect
        label={said.begins}
        value={from === null ? 'published' : from === 'always' ? 'always' : 'day'}
        data={[
          { value: 'published', label: said.beginsPublished },
          { value: 'day', label: said.beginsOn },
          ...(from === 'always' ? [{ value: 'always', label: said.always }] : []),
        ]}
        onChange={({ currentTarget: { value } }) => {
          if (value !== 'always') onWrite(withBeginning(document, value === 'day' ? tomorrow() : null))
        }}
      />
      {day === '' ? null : (
        <TextInput
          type="date"
          label={said.beginsDay}
          value={day}
          onChange={({ currentTarget: { value } }) => {
            if (value !== '') onWrite(withBeginning(document, value))
          }}
        />
      )}
    </div>
  )
}

/** Something to begin with; it is checked when it is saved, by the clock of the program. */
function tomorrow(): string {
  const next = new Date()
  next.setDate(next.getDate() + 1)
  const [month, date] = [next.getMonth() + 1, next.getDate()].map((part) => String(part).padStart(2, '0'))
  return `${next.getFullYear()}-${month}-${date}`
}
