import type { PilotAnswer } from '@laurel/contract'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { client } from '../session/client.ts'
import { useVocabulary } from '../session/vocabulary.ts'
import { amountText, programMomentText } from '../words/format.ts'
import { words } from '../words/words.ts'

/** Pilots, the latest first: few, since one runs at a time and each ends. */
export function PilotsRoom() {
  const { zone } = useVocabulary().program
  const { data } = useSuspenseQuery({ queryKey: ['pilots'], queryFn: () => client.call('listPilots', {}) })
  const said = words.pilotRoom
  return (
    <>
      <title>{`${words.pilots} · ${words.name}`}</title>
      <div className="room-head">
        <h1>{words.pilots}</h1>
      </div>
      {data.pilots.length === 0 ? (
        <div className="empty">
          <h2>{said.empty}</h2>
          <p className="second">{said.emptyRemedy}</p>
          <Link to="/program">{words.backtestRoom.toProgram}</Link>
        </div>
      ) : (
        <div className="sheet">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{said.what}</th>
                <th scope="col">{said.since}</th>
                <th scope="col">{said.state}</th>
              </tr>
            </thead>
            <tbody>
              {data.pilots.map((pilot) => (
                <tr key={pilot.pilot}>
                  <td>
                    <Link to="/pilots/$pilot" params={{ pilot: String(pilot.pilot) }} className="row-link">
                      {said.title(amountText(pilot.pilot))}
                    </Link>
                  </td>
                  <td className="second">{programMomentText(pilot.inForceFrom, zone)}</td>
                  <td className="second">{pilotStateOf(pilot)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  )
}

export function pilotStateOf({ status, share, holdout }: PilotAnswer): string {
  const said = words.pilotRoom
  return said.states[status](amountText(share), amountText(holdout))
}
