import { words } from '../words/words.ts'
import './sure.css'

/** Asked once more, in the place where it was asked for: points are money. */
export function Sure({
  question,
  yes,
  isBusy,
  onYes,
  onNo,
}: {
  readonly question: string
  readonly yes: string
  readonly isBusy: boolean
  readonly onYes: () => void
  readonly onNo: () => void
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be announced as part of a form, and there is none
    <div className="sure" role="group" aria-label={question}>
      <p>{question}</p>
      <button type="button" className="button" disabled={isBusy} onClick={onYes}>
        {yes}
      </button>
      <button type="button" className="button plain" disabled={isBusy} onClick={onNo}>
        {words.rewards.no}
      </button>
    </div>
  )
}
