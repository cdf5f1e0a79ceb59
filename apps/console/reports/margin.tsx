import { Button, NumberInput } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { useState } from 'react'
import { said } from './report-words.ts'

/** In percent, as it was stated last in this browser; null: never. */
export const useMargin = () => useLocalStorage<number | null>({ key: 'laurel-margin', defaultValue: null })

/** A share as the interface takes it: `40` percent is `0.4`. */
export const shareOf = (percent: number | null): string | undefined =>
  percent === null ? undefined : String(Math.round(percent * 10_000) / 1_000_000)

/** What remains of what members spend, which only the shop knows. */
export function Margin({
  percent,
  onState,
}: {
  readonly percent: number | null
  readonly onState: (percent: number) => void
}) {
  const [typed, setTyped] = useState<number | string>(percent ?? '')
  return (
    <form
      className="margin"
      onSubmit={(event) => {
        event.preventDefault()
        if (typeof typed === 'number') onState(typed)
      }}
    >
      <NumberInput
        label={said.margin}
        description={said.marginMore}
        value={typed}
        onChange={setTyped}
        min={0}
        max={100}
        clampBehavior="strict"
        allowNegative={false}
        decimalScale={2}
        hideControls
      />
      <Button type="submit" disabled={typeof typed !== 'number'}>
        {said.marginTell}
      </Button>
    </form>
  )
}
