import { useEffect } from 'react'
import { CardPage } from '../card/card-page.tsx'
import { SignIn } from '../door/sign-in.tsx'
import { HistoryPage } from '../history/history-page.tsx'
import { MePage } from '../me/me-page.tsx'
import { RewardsPage } from '../rewards/rewards-page.tsx'
import { isProblem } from '../session/client.ts'
import { useBrand, useCard, useDoor } from '../session/own.ts'
import { goTo, program, usePage } from '../session/place.ts'
import { offerAsApp } from '../session/without-line.ts'
import { words } from '../words/words.ts'
import { Alone } from './alone.tsx'
import { Frame } from './frame.tsx'
import { ProblemView } from './problem-view.tsx'
import { Waiting } from './waiting.tsx'

/** Who comes is shown their card, or the door. What this device remembers is shown at once, whether there is a line or not. */
export function Portal() {
  const brand = useBrand()
  const door = useDoor()
  useEffect(() => {
    if (brand.data === undefined) return
    const { style } = document.documentElement
    const { colour, onColour, onLight, onDark } = brand.data.colours
    for (const [name, value] of Object.entries({ colour, onColour, onLight, onDark }))
      style.setProperty(`--brand-${name}`, value)
    document.title = brand.data.shop
    offerAsApp(brand.data.colours.colour)
  }, [brand.data])

  if (program === '' || isProblem(brand.error, 'unknown-route') || isProblem(door.error, 'unknown-door'))
    return <Alone title={words.problem.nowhere} text={words.problem.nowhereRemedy} />
  if (door.data === undefined || brand.data === undefined) {
    const error = brand.error ?? door.error
    if (error === null) return <Waiting whole />
    return (
      <Alone title={words.problem.network} text={words.problem.networkRemedy}>
        <button type="button" className="button" onClick={() => void Promise.all([brand.refetch(), door.refetch()])}>
          {words.frame.tryAgain}
        </button>
      </Alone>
    )
  }
  return door.data.signedIn ? <Inside shop={brand.data} /> : <SignIn shop={brand.data} />
}

function Inside({ shop }: { readonly shop: NonNullable<ReturnType<typeof useBrand>['data']> }) {
  const page = usePage()
  const { data: card, error, dataUpdatedAt, refetch } = useCard()
  const isOver = isProblem(error, 'unauthenticated')
  const { refetch: knock } = useDoor()
  useEffect(() => {
    // The session ended elsewhere: the door says so, and stands open for another code.
    if (isOver) void knock()
  }, [isOver, knock])
  return (
    <Frame shop={shop} page={page} staleSince={error !== null && card !== undefined ? dataUpdatedAt : null}>
      {card === undefined ? (
        error === null ? (
          <Waiting />
        ) : (
          <ProblemView error={error} onRetry={() => void refetch()} />
        )
      ) : page === null ? (
        <Alone title={words.problem.noPage} text="">
          <button type="button" className="button" onClick={() => goTo('card')}>
            {words.problem.toCard}
          </button>
        </Alone>
      ) : page === 'card' ? (
        <CardPage card={card} shop={shop} />
      ) : page === 'rewards' ? (
        <RewardsPage card={card} />
      ) : page === 'history' ? (
        <HistoryPage />
      ) : (
        <MePage card={card} />
      )}
    </Frame>
  )
}
