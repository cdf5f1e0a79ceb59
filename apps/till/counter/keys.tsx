import { useEffect, useEffectEvent } from 'react'
import { amountText } from '../words/format.ts'

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const

interface KeysProps {
  readonly erase: string
  /** Beside the zero, for whole amounts. */
  readonly twoZeros?: boolean
  readonly onDigit: (digit: string) => void
  readonly onErase: () => void
  readonly onEnter?: () => void
}

/** A pad for thumbs. The keys of a keyboard do the same, as long as nothing else is typed into. */
export function Keys({ erase, twoZeros = false, onDigit, onErase, onEnter }: KeysProps) {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey || event.altKey) return
    if (/^\d$/.test(event.key)) onDigit(event.key)
    else if (event.key === 'Backspace') onErase()
    // A button that has the focus is pressed by it.
    else if (event.key === 'Enter' && !(event.target instanceof HTMLButtonElement)) onEnter?.()
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => press(event)
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [])
  return (
    // Numbers run from left to right in every language.
    <div className="keys" dir="ltr">
      {digits.map((digit) => (
        <Key key={digit} digit={digit} onDigit={onDigit} />
      ))}
      {twoZeros ? <Key digit="00" onDigit={onDigit} /> : <span />}
      <Key digit="0" onDigit={onDigit} />
      <button type="button" className="key" aria-label={erase} onClick={onErase}>
        ⌫
      </button>
    </div>
  )
}

const Key = ({ digit, onDigit }: { readonly digit: string; readonly onDigit: (digit: string) => void }) => (
  <button type="button" className="key" onClick={() => onDigit(digit)}>
    {digit === '00' ? amountText(0).repeat(2) : amountText(Number(digit))}
  </button>
)
