import type { TillState } from '@laurel/contract'
import { useState } from 'react'
import { type Copy, type GuestWithoutLine, roomFor } from '../session/known.ts'
import { words } from '../words/words.ts'
import { sound } from './tone.ts'

interface UnknownSheetProps {
  readonly till: TillState
  readonly unknown: GuestWithoutLine
  readonly honoured: readonly Copy[]
  readonly money: (minor: number) => string
  readonly isOver: boolean
  readonly onOther: () => void
  readonly onHonour: (copy: Copy) => void
}

/** A guest of whom nobody can be asked now: what they buy earns later, and what this till has copies of may be honoured. */
export function UnknownSheet(props: UnknownSheetProps) {
  const { till, unknown, honoured, money, isOver, onOther, onHonour } = props
  const [isBeyond, setBeyond] = useState(false)
  const left = unknown.copies.filter((copy) => !honoured.includes(copy))
  const honour = async (copy: Copy) => {
    const already = honoured.reduce((sum, { says }) => sum + says.worth, 0)
    const isWithin = (await roomFor(till, copy.says)) >= already + copy.says.worth
    setBeyond(!isWithin)
    sound(isWithin ? 'well' : 'no')
    if (isWithin) onHonour(copy)
  }
  return (
    <section className="sheet" aria-labelledby="guest-name">
      <div className="sheet-head">
        <h1 id="guest-name">{unknown.name ?? words.line.unknown}</h1>
        <button type="button" className="button plain" onClick={onOther}>
          {isOver ? words.done.next : words.guest.other}
        </button>
      </div>
      <p className="second">{words.line.later}</p>
      {isOver || left.length === 0 ? null : (
        <>
          <h2>{words.guest.inHand}</h2>
          <ul className="rows">
            {left.map((copy) => (
              <li key={copy.says.voucher} className="row">
                <span className="row-name">
                  {copy.name?.[words.language] ?? copy.name?.['en'] ?? copy.says.reward}
                  <small className="second">
                    {copy.says.off === 0 ? words.guest.handOver : words.guest.took(money(copy.says.off))}
                  </small>
                </span>
                <button type="button" className="button" onClick={() => void honour(copy)}>
                  {words.guest.use}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      {isBeyond ? (
        <p className="bad" role="alert">
          {words.line.beyond(money(till.offline.most))}
        </p>
      ) : null}
      {isOver ? null : <p className="second">{words.line.redeeming}</p>}
    </section>
  )
}
