import { lazy, Suspense } from 'react'
import { Waiting } from '../frame/waiting.tsx'
import { useMe } from '../session/me.ts'
import { useVocabulary } from '../session/vocabulary.ts'
import { amountText } from '../words/format.ts'
import { words } from '../words/words.ts'
import { NeedsYou } from './needs-you.tsx'
import './home-room.css'

/** With what they are drawn by: whoever may not see them, or goes elsewhere, need not load it. */
const Figures = lazy(async () => ({ default: (await import('./home-figures.tsx')).HomeFigures }))

/** The few numbers that can be told truly, and what needs a person. */
export function HomeRoom() {
  const { may } = useMe()
  const named = useVocabulary()
  return (
    <>
      <title>{`${words.home} · ${words.name}`}</title>
      <h1>{words.home}</h1>
      <p className="lead">
        {named.program.version === null
          ? words.homeRoom.notBegun(named.programName)
          : words.homeRoom.inForce(named.programName, amountText(named.program.version))}
      </p>
      <div className="columns">
        <div>
          {may('ledger:read') ? (
            <Suspense
              fallback={
                <div className="sheet">
                  <Waiting rows={7} />
                </div>
              }
            >
              <Figures named={named} />
            </Suspense>
          ) : (
            <p className="second">{words.homeRoom.noFigures}</p>
          )}
        </div>
        <NeedsYou />
      </div>
    </>
  )
}
